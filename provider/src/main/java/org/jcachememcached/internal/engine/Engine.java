package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.management.Statistics;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Applies operations to the store of one cache. It decides between a single blind command and the
 * compare-and-set loop, lets neighbours of this JVM wait for their turn, splits bulk calls into
 * pages and records the statistics. Thread-safe.
 *
 * <p>Every method throws {@link org.jcachememcached.internal.store.StoreException} when the store
 * fails, {@link org.jcachememcached.api.CodecException} when a key or a value cannot be encoded or
 * decoded, and whatever the application's loader, writer, processor or listener failed with. Within
 * a page of a bulk call everything is carried out that can be; after a page that failed, no other
 * begins.
 */
public final class Engine<K, V> {

  private final EngineParts<K, V> parts;
  private final Statistics statistics;
  private final KeyLocks keyLocks;
  private final CommitOrder commits = new CommitOrder();

  public Engine(EngineParts<K, V> parts, Statistics statistics) {
    this.parts = parts;
    this.statistics = statistics;
    this.keyLocks = new KeyLocks(parts.limits().lockWait());
  }

  /** How many entries go in one round trip of a bulk operation, by the size of those before. */
  public int pageSize() {
    return parts.limits().pageSize().next();
  }

  /** Starts a session, for a call that consists of several parts. */
  public StoreSession newSession() {
    return new StoreSession(parts.store(), parts.limits().timeout(), parts.clock());
  }

  /** Carries out one operation. */
  public <R extends @Nullable Object> R execute(Operation<K, V, R> operation) {
    return execute(operation, newSession());
  }

  /** Carries out one operation of a call that is made of several parts. */
  public <R extends @Nullable Object> R execute(
      Operation<K, V, R> operation, StoreSession session) {
    PendingOperation<K, V, R> pending =
        new PendingOperation<>(operation, parts.format().encode(operation.key()), null);
    return execute(List.of(pending), session, call -> alone(call, pending)).get(0);
  }

  /** Carries out operations on different keys, page by page; results in their order. */
  public <R extends @Nullable Object> List<R> executeAll(
      List<? extends Operation<K, V, R>> operations) {
    return executeAll(operations, newSession());
  }

  /** Carries out operations of a call that is made of several parts, see {@link #executeAll}. */
  public <R extends @Nullable Object> List<R> executeAll(
      List<? extends Operation<K, V, R>> operations, StoreSession session) {
    List<PendingOperation<K, V, R>> pending = new ArrayList<>(operations.size());
    for (Operation<K, V, R> operation : operations) {
      pending.add(new PendingOperation<>(operation, parts.format().encode(operation.key()), null));
    }
    List<R> results = new ArrayList<>(pending.size());
    int most = parts.limits().pageSize().limit();
    for (int from = 0; from < pending.size(); from += most) {
      List<PendingOperation<K, V, R>> page =
          pending.subList(from, Math.min(from + most, pending.size()));
      results.addAll(execute(page, session, Engine::together));
    }
    return results;
  }

  /**
   * Carries out an operation on an entry that a scan has found, going by what the scan has seen.
   */
  public <R extends @Nullable Object> R executeOn(
      ScannedEntry<K, V> entry, Operation<K, V, R> operation) {
    return execute(List.of(pending(entry, operation)), newSession(), CasLoop::loopAndPublish)
        .get(0);
  }

  /** Begins to enumerate the entries of the cache. */
  public EntryScan<K, V> scan() {
    return new EntryScan<>(parts);
  }

  /**
   * Whether what a scan has found is no entry any more, or never was. What cannot be decoded is
   * none, unless it is an exception in this cache.
   */
  public boolean passesOver(ScannedEntry<K, V> entry) {
    Snapshot<V> snapshot = entry.snapshot();
    CodecException reason = snapshot.passedOver();
    if (reason != null) {
      parts.degradations().add(reason);
      return true;
    }
    return !snapshot.isUndecodable() && snapshot.isExpiredAt(parts.clock().millis());
  }

  /** Removes whatever is stored below the prefix of the cache; nothing is counted. */
  public void clear() {
    int most = parts.limits().pageSize().limit();
    try (KeyScan scan = parts.store().scan(parts.format().prefix())) {
      for (List<String> page = scan.nextPage(most); !page.isEmpty(); page = scan.nextPage(most)) {
        carryOut(page.stream().map(Command.Delete::new).toList());
      }
    }
  }

  /** Removes every entry by an operation, and what cannot be decoded, which is none, without. */
  public <R extends @Nullable Object> void removeEach(Function<K, Operation<K, V, R>> removal) {
    StoreSession session = newSession();
    try (EntryScan<K, V> scan = scan()) {
      for (List<ScannedEntry<K, V>> page = scan.nextPage();
          !page.isEmpty();
          page = scan.nextPage()) {
        removeEach(page, removal, session);
      }
    }
  }

  private <R extends @Nullable Object> void removeEach(
      List<ScannedEntry<K, V>> page,
      Function<K, Operation<K, V, R>> removal,
      StoreSession session) {
    List<PendingOperation<K, V, R>> pending = new ArrayList<>(page.size());
    List<Command> leftovers = new ArrayList<>(0);
    for (ScannedEntry<K, V> entry : page) {
      if (entry.snapshot().isUndecodable()) {
        leftovers.add(
            new Command.CompareAndDelete(entry.encodedKey().wire(), entry.snapshot().cas()));
      } else {
        pending.add(pending(entry, removal.apply(entry.key())));
      }
    }
    execute(pending, session, CasLoop::loopAndPublish);
    carryOut(leftovers);
  }

  private static <K, V, R extends @Nullable Object> PendingOperation<K, V, R> pending(
      ScannedEntry<K, V> entry, Operation<K, V, R> operation) {
    return new PendingOperation<>(operation, entry.encodedKey(), entry.snapshot());
  }

  private <R extends @Nullable Object> List<R> execute(
      List<PendingOperation<K, V, R>> pending,
      StoreSession session,
      Consumer<CasLoop<K, V, R>> course) {
    CasLoop<K, V, R> call = new CasLoop<>(parts, commits, session, pending);
    if (!statistics.isEnabled()) {
      carryOut(call, course);
      return call.results();
    }
    long start = System.nanoTime();
    try {
      carryOut(call, course);
    } finally {
      long loading = pending.stream().mapToLong(a -> a.operation().nanosLoading()).sum();
      statistics.record(call.delta(), System.nanoTime() - start - loading);
    }
    return call.results();
  }

  private static <K, V, R extends @Nullable Object> void carryOut(
      CasLoop<K, V, R> call, Consumer<CasLoop<K, V, R>> course) {
    try {
      course.accept(call);
    } finally {
      // What has happened is told whatever else fails, and when nobody waits for this thread's
      // turn.
      call.end();
    }
  }

  private static <K, V, R extends @Nullable Object> void together(CasLoop<K, V, R> call) {
    call.sendBlindWrites();
    call.loopAndPublish();
  }

  private <R extends @Nullable Object> void alone(
      CasLoop<K, V, R> call, PendingOperation<K, V, R> pending) {
    call.sendBlindWrites();
    if (!pending.isOpen()) {
      return;
    }
    String key = pending.key().wire();
    if (pending.operation().needsKeyLock(null)) {
      keyLocks.whileLocked(key, call::loop);
      return;
    }
    int endedBefore = keyLocks.ended(key);
    call.look();
    if (pending.hasSeen() && pending.operation().needsKeyLock(pending.seen())) {
      keyLocks.whileLocked(
          key,
          () -> {
            if (keyLocks.ended(key) != endedBefore) {
              call.forget();
            }
            call.loop();
          });
    } else {
      call.loop();
    }
  }

  private void carryOut(List<? extends Command> removals) {
    for (Reply reply : parts.store().send(removals).join()) {
      if (reply.failure() != null) {
        throw reply.failure();
      }
    }
  }
}
