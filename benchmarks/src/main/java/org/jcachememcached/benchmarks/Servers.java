package org.jcachememcached.benchmarks;

/**
 * Where the servers are, each as host:port. Immutable.
 *
 * @param redis empty if there is none
 */
record Servers(String memcached, String redis) {}
