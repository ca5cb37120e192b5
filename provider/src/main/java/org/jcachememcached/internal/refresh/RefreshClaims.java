package org.jcachememcached.internal.refresh;

import java.io.Closeable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jcachememcached.internal.codec.key.Namespace;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;

/**
 * What keeps the clients of a cache from refreshing an entry that another one is refreshing: an
 * item for each, which ends by itself unless it is renewed. It is not in place of the entry, which
 * can still be read. If it is lost, an entry is loaded twice; what is stored does not depend on it.
 * Thread-safe.
 */
public final class RefreshClaims implements Closeable {

  private static final byte[] NOTHING = new byte[0];

  private final ItemStore store;
  private final Namespace namespace;
  private final Duration ttl;
  private final InstantSource clock;

  /**
   * @param store the servers of the cache; closed with this
   * @param namespace that of the claims of the application
   * @param ttl how long a claim lasts that is not renewed, to the second
   */
  public RefreshClaims(ItemStore store, Namespace namespace, Duration ttl, InstantSource clock) {
    this.store = store;
    this.namespace = namespace;
    this.ttl = ttl;
    this.clock = clock;
  }

  /** How long a claim lasts that is not renewed. */
  Duration ttl() {
    return ttl;
  }

  /**
   * Claims entries, in one round trip.
   *
   * @param entries their keys as they are sent to the store, each once
   * @return those that this client is to refresh
   */
  Set<String> claim(List<String> entries) {
    Item item = item();
    List<Reply> replies = send(entries, key -> new Command.Add(key, item)).join();
    Set<String> claimed = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      if (replies.get(i).status() == Reply.Status.DONE) {
        claimed.add(entries.get(i));
      }
    }
    return claimed;
  }

  /** Prolongs claims, without waiting. */
  void renew(Collection<String> entries) {
    Item item = item();
    send(entries, key -> new Command.Set(key, item)).isDone();
  }

  /** Ends claims, without waiting. */
  void release(Collection<String> entries) {
    send(entries, Command.Delete::new).isDone();
  }

  private CompletableFuture<List<Reply>> send(
      Collection<String> entries, Function<String, Command> command) {
    return store.send(entries.stream().map(namespace::hashed).map(command).toList());
  }

  private Item item() {
    return new Item(0, NOTHING, clock.millis() + ttl.toMillis());
  }

  @Override
  public void close() {
    store.close();
  }
}
