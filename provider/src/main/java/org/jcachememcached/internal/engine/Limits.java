package org.jcachememcached.internal.engine;

import java.time.Duration;
import org.jcachememcached.internal.store.PageSize;

/**
 * The bounds of the engine. Immutable.
 *
 * @param maxAttempts how often an operation may lose the race for its entry before it fails
 * @param maxLockWait how long an operation waits for its key lock before it proceeds without the
 *     lock
 * @param pageSize the number of entries in one round trip of a bulk operation
 * @param timeout how long the store waits for one reply; a call waits at most twice as long for
 *     servers that do not answer
 */
public record Limits(int maxAttempts, Duration maxLockWait, PageSize pageSize, Duration timeout) {}
