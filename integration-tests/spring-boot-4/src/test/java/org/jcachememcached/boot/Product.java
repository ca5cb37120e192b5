package org.jcachememcached.boot;

import java.io.Serializable;

/** What the shop sells. Immutable. */
record Product(int number, String name) implements Serializable {}
