package org.jcachememcached.api;

import java.io.Serializable;

/**
 * The version of an entry: each change of the entry gives it another one. Two versions of one key
 * can be compared for equality only; a greater number need not be a later one. A server that is
 * restarted begins to count anew, and an entry that moves to another server has another version
 * there. Immutable.
 *
 * @param number what to keep of the version between two requests, for example in a form
 */
public record EntryVersion(long number) implements Serializable {}
