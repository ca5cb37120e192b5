package org.jcachememcached.internal.near;

import java.io.Closeable;
import org.jcachememcached.internal.codec.envelope.PackedValue;
import org.jspecify.annotations.Nullable;

/**
 * The part of one cache in the near caches of its JVM: it announces what it changes, and may keep
 * entries itself. Thread-safe.
 */
public final class NearMember<V> implements Closeable {

  private final NearPeers peers;
  private final @Nullable NearContent<V> content;

  private NearMember(NearPeers peers, @Nullable NearContent<V> content) {
    this.peers = peers;
    this.content = content;
  }

  /** A cache that keeps nothing itself. */
  public static <V> NearMember<V> without(NearPeers peers) {
    return new NearMember<>(peers, null);
  }

  /** A cache that keeps entries until it is closed. */
  public static <V> NearMember<V> with(NearPeers peers, NearContent<V> content) {
    peers.join(content);
    return new NearMember<>(peers, content);
  }

  /** Whether the cache keeps entries. */
  public boolean keeps() {
    return content != null;
  }

  /** Whether a change has to be announced. */
  public boolean isObserved() {
    return !peers.isEmpty();
  }

  /**
   * What is kept of a key; null if that is nothing.
   *
   * @param key as it is sent to the store
   * @param now in milliseconds since the epoch
   */
  public @Nullable NearEntry<V> find(String key, long now) {
    return content == null ? null : content.find(key, now);
  }

  /**
   * Begins a read, before it is sent; null if the cache keeps nothing.
   *
   * @param now in milliseconds since the epoch
   */
  public @Nullable NearRead begin(String key, long now) {
    return content == null ? null : content.begin(key, now);
  }

  /**
   * Keeps the live entry that a read has found, unless this JVM may have changed it since.
   *
   * @param value the decoded value
   */
  public void keep(NearRead read, PackedValue packed, V value) {
    if (content != null) {
      content.keep(read, packed, value);
    }
  }

  /** Keeps that a read has found no entry, if the cache does so, unless there may be one since. */
  public void keepMiss(NearRead read) {
    if (content != null) {
      content.keepMiss(read);
    }
  }

  /**
   * Announces the change of an entry: no cache of this JVM keeps what is or was read before. To be
   * called before the change is sent and after its end, however it ends.
   */
  public void forget(String key) {
    peers.forget(key);
  }

  /** The same for a change of all entries. */
  public void forgetAll() {
    peers.forgetAll();
  }

  /** The number of entries that the cache keeps. */
  public long size() {
    return content == null ? 0 : content.size();
  }

  /** Keeps nothing any more. */
  @Override
  public void close() {
    if (content != null) {
      peers.leave(content);
      content.forgetAll();
    }
  }
}
