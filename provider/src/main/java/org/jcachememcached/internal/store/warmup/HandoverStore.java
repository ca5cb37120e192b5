package org.jcachememcached.internal.store.warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.ChangingServers;
import org.jcachememcached.internal.store.ChangingServers.Passage;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The store of one cache on servers that can change. After a change, keys that have moved are dealt
 * with as in a {@link WarmUpStore}: their former servers are the warm group, and the present ones
 * the cold group. What is found on the former servers is copied and stays there until it changes,
 * because each JVM removes the copies once, when it learns of the change. Thread-safe.
 *
 * <p>If nothing has changed lately, it adds no round trip and allocates nothing.
 */
public final class HandoverStore implements ItemStore {

  private final ItemStore servers;
  private final WarmUpCodec codec;
  private final String prefix;

  /** Silent, because each server logs its own outages. */
  private final MigrationProgress progress = new MigrationProgress(null);

  private volatile @Nullable ChangingServers changing;

  /**
   * @param servers closed with this; may be those of an engine without servers
   * @param prefix the common prefix of all keys of the cache
   */
  public HandoverStore(ItemStore servers, WarmUpCodec codec, String prefix) {
    this.servers = servers;
    this.codec = codec;
    this.prefix = prefix;
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    ChangingServers now = changingServers();
    if (now == null) {
      return servers.send(commands);
    }
    CompletableFuture<List<Reply>> sent = now.sendIfSettled(commands);
    return sent == null ? sendThrough(now.enter(), commands) : sent;
  }

  /** Null if the servers cannot be used, or do not change. */
  private @Nullable ChangingServers changingServers() {
    ChangingServers known = changing;
    if (known == null) {
      known = servers.unwrap(ChangingServers.class);
      if (known != null) {
        known.announce(prefix);
        changing = known;
      }
    }
    return known;
  }

  private CompletableFuture<List<Reply>> sendThrough(
      Passage passage, List<? extends Command> commands) {
    List<Command> moved = new ArrayList<>();
    List<Command> others = new ArrayList<>();
    boolean[] hasMoved = new boolean[commands.size()];
    for (int i = 0; i < hasMoved.length; i++) {
      Command command = commands.get(i);
      hasMoved[i] = passage.hasMoved(command.key());
      (hasMoved[i] ? moved : others).add(command);
    }
    return passage
        .servers()
        .send(others)
        .thenCombine(
            sendMoved(passage, moved), (ofOthers, ofMoved) -> inOrder(hasMoved, ofOthers, ofMoved))
        .whenComplete((replies, failure) -> passage.close());
  }

  private CompletableFuture<List<Reply>> sendMoved(Passage passage, List<Command> moved) {
    if (moved.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    WarmUpStore store = warmUp(passage);
    CompletableFuture<?> earlier = passage.whenEarlierHaveEnded();
    return earlier.isDone() ? store.send(moved) : earlier.thenCompose(unused -> store.send(moved));
  }

  private WarmUpStore warmUp(Passage passage) {
    return new WarmUpStore(
        passage.servers(), passage.formerServers(), mode(passage), codec, prefix, progress);
  }

  private static MigrationMode mode(Passage passage) {
    return passage.readsFormerServers() ? MigrationMode.COPY : MigrationMode.CLEAR;
  }

  private static List<Reply> inOrder(
      boolean[] hasMoved, List<Reply> ofOthers, List<Reply> ofMoved) {
    List<Reply> replies = new ArrayList<>(hasMoved.length);
    int nextOther = 0;
    int nextMoved = 0;
    for (boolean moved : hasMoved) {
      replies.add(moved ? ofMoved.get(nextMoved++) : ofOthers.get(nextOther++));
    }
    return replies;
  }

  /** What only former servers have is copied first. */
  @Override
  public KeyScan scan(String prefix) {
    ChangingServers now = changingServers();
    if (now == null) {
      return servers.scan(prefix);
    }
    try (Passage passage = now.enter()) {
      return passage.readsFormerServers()
          ? new MigratingScan(this, servers, passage.formerServers(), progress, prefix)
          : servers.scan(prefix);
    }
  }

  @Override
  public void invalidate(String prefix, List<String> keys) {
    servers.invalidate(prefix, keys);
    ChangingServers now = changingServers();
    if (now != null) {
      Passage passage = now.enter();
      List<String> moved = keys.stream().filter(passage::hasMoved).toList();
      if (moved.isEmpty()) {
        passage.close();
      } else {
        warmUp(passage).invalidate(prefix, moved, passage::close);
      }
    }
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return servers.unwrap(type);
  }

  @Override
  public void close() {
    servers.close();
    // From now on the servers refuse what is sent.
    changing = null;
  }
}
