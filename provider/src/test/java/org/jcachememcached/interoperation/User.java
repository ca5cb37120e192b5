package org.jcachememcached.interoperation;

/** What the caches of the documented example hold. */
record User(String name, int age) {}
