package org.jcachememcached.config;

/**
 * A value as somebody wrote it. Immutable.
 *
 * @param text what was written
 * @param origin where, in words that follow "in"
 */
record Given(String text, String origin) {}
