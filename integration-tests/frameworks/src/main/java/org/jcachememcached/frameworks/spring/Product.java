package org.jcachememcached.frameworks.spring;

import java.io.Serializable;

/** What the shop sells. Immutable. */
public record Product(int number, String name) implements Serializable {}
