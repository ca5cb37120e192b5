package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.management.Statistics;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Applies operations to the store of one cache. It chooses between a single blind command and the
 * compare-and-set loop, serializes the threads of this JVM that change the same key and stores
 * their changes together, splits bulk calls into pages and records the statistics. Thread-safe.
 *
 * <p>Every method throws {@link org.jcachememcached.internal.store.StoreException} if the store
 * fails, {@link org.jcachememcached.api.CodecException} if a key or a value cannot be encoded or
 * decoded, and the exceptions of the application's loader, writer, processor or listener. Within a
 * page of a bulk call all operations that can be carried out are; after a page that failed, no
 * other begins.
 */
public final class Engine<K, V> {

  private final EngineParts<K, V> parts;
  private final Statistics statistics;
  private final KeyLocks<K, V> keyLocks;
  private final CommitOrder commits = new CommitOrder();
  private final KeyTurns turns = new KeyTurns();
  private final TurnPatience turnPatience;
  private final Semaphore asynchronousCalls = new Semaphore(AsynchronousEngine.MAX_CALLS);

  public Engine(EngineParts<K, V> parts, Statistics statistics) {
    this.parts = parts;
    this.statistics = statistics;
    this.turnPatience = new TurnPatience(parts.limits().maxLockWait());
    this.keyLocks = new KeyLocks<>(parts.limits().maxLockWait());
  }

  /**
   * The number of entries in the next round trip of a bulk operation, estimated from the size of
   * earlier ones.
   */
  public int pageSize() {
    return parts.limits().pageSize().next();
  }

  /**
   * The same engine for calls that do not wait.
   *
   * @param executor runs everything but the first step of each call
   */
  public AsynchronousEngine<K, V> asynchronous(Executor executor) {
    return new AsynchronousEngine<>(
        parts, statistics, commits, turns, turnPatience, asynchronousCalls, executor);
  }

  /** Starts a session, for a call that consists of several parts. */
  public StoreSession newSession() {
    return parts.newSession();
  }

  /** Executes one operation. */
  public <R extends @Nullable Object> R execute(Operation<K, V, R> operation) {
    return execute(operation, newSession());
  }

  /** Executes one operation of a call that consists of several parts. */
  public <R extends @Nullable Object> R execute(
      Operation<K, V, R> operation, StoreSession session) {
    PendingOperation<K, V, R> pending =
        new PendingOperation<>(operation, parts.format().encode(operation.key()), null);
    return execute(List.of(pending), session, loop -> runSingle(loop, pending, session)).get(0);
  }

  /** Executes operations on different keys, page by page; the results are in their order. */
  public <R extends @Nullable Object> List<R> executeAll(
      List<? extends Operation<K, V, R>> operations) {
    return executeAll(operations, newSession());
  }

  /**
   * Executes operations of a call that consists of several parts, see {@link #executeAll(List)}.
   */
  public <R extends @Nullable Object> List<R> executeAll(
      List<? extends Operation<K, V, R>> operations, StoreSession session) {
    return executePages(parts.pending(operations), session);
  }

  /** Executes operations on entries that an earlier part of the call has found absent. */
  public <R extends @Nullable Object> List<R> executeAllAbsent(
      List<? extends Operation<K, V, R>> operations, StoreSession session) {
    return executePages(parts.pendingAbsent(operations), session);
  }

  private <R extends @Nullable Object> List<R> executePages(
      List<PendingOperation<K, V, R>> pending, StoreSession session) {
    List<R> results = new ArrayList<>(pending.size());
    int most = parts.limits().pageSize().limit();
    for (int from = 0; from < pending.size(); from += most) {
      List<PendingOperation<K, V, R>> page =
          pending.subList(from, Math.min(from + most, pending.size()));
      results.addAll(execute(page, session, Engine::runBulk));
    }
    return results;
  }

  /** Executes an operation on an entry that a scan has read, without reading it again first. */
  public <R extends @Nullable Object> R executeOn(
      ScannedEntry<K, V> entry, Operation<K, V, R> operation) {
    return execute(List.of(pending(entry, operation)), newSession(), CasLoop::runAndPublish).get(0);
  }

  /** Starts to enumerate the entries of the cache. */
  public EntryScan<K, V> scan() {
    CallStack.beginCall();
    return new EntryScan<>(parts);
  }

  /** Starts to enumerate the keys of the cache. */
  public KeyListing<K, V> listKeys() {
    CallStack.beginCall();
    return new KeyListing<>(parts);
  }

  /** The number of items below the prefix of the cache. */
  public long countItems() {
    CallStack.beginCall();
    int most = parts.limits().pageSize().limit();
    long items = 0;
    try (KeyScan scan = parts.store().scan(parts.format().prefix())) {
      for (int found = scan.nextPage(most).size(); found > 0; found = scan.nextPage(most).size()) {
        items += found;
      }
    }
    return items;
  }

  /** Whether an iterator skips an item whose key cannot be decoded. */
  public boolean isSkipped(ListedKey<K> listed) {
    CodecException failure = listed.failure();
    if (failure == null || !parts.format().ignoresUndecodable()) {
      return false;
    }
    parts.degradations().recordDegraded(failure);
    return true;
  }

  /**
   * Whether an iterator skips what a scan has read: an entry that has expired since, or whose tags
   * have other versions, or an item that cannot be decoded, unless that is an exception in this
   * cache.
   */
  public boolean isSkipped(ScannedEntry<K, V> entry) {
    Snapshot<V> snapshot = entry.snapshot();
    CodecException reason = snapshot.ignoredFailure();
    if (reason != null) {
      parts.degradations().recordDegraded(reason);
      return true;
    }
    return snapshot.isOutdated()
        || (!snapshot.isUndecodable() && snapshot.isExpiredAt(parts.clock().millis()));
  }

  /** Makes a change that may concern all entries of the cache. */
  public void changeAll(Runnable change) {
    parts.near().forgetAll();
    try {
      change.run();
    } finally {
      parts.near().forgetAll();
    }
  }

  /** Removes all items below the prefix of the cache; counts nothing and publishes no events. */
  public void clear() {
    changeAll(this::clearItems);
  }

  private void clearItems() {
    CallStack.beginCall();
    int most = parts.limits().pageSize().limit();
    try (KeyScan scan = parts.store().scan(parts.format().prefix())) {
      for (List<String> page = scan.nextPage(most); !page.isEmpty(); page = scan.nextPage(most)) {
        sendRemovals(page.stream().map(Command.Delete::new).toList());
      }
    }
  }

  /**
   * Removes every entry by an operation, and every item that is no entry directly: one that cannot
   * be decoded, or whose tags have other versions, and a lease.
   */
  public <R extends @Nullable Object> void removeEach(Function<K, Operation<K, V, R>> removal) {
    changeAll(() -> removeAll(removal));
  }

  private <R extends @Nullable Object> void removeAll(Function<K, Operation<K, V, R>> removal) {
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
      Snapshot<V> snapshot = entry.snapshot();
      if (snapshot.isUndecodable() || snapshot.isOutdated() || snapshot.isLease()) {
        leftovers.add(
            new Command.CompareAndDelete(entry.encodedKey().wire(), entry.snapshot().cas()));
      } else {
        pending.add(pending(entry, removal.apply(entry.key())));
      }
    }
    execute(pending, session, CasLoop::runAndPublish);
    sendRemovals(leftovers);
  }

  private static <K, V, R extends @Nullable Object> PendingOperation<K, V, R> pending(
      ScannedEntry<K, V> entry, Operation<K, V, R> operation) {
    return new PendingOperation<>(operation, entry.encodedKey(), entry.snapshot());
  }

  private <R extends @Nullable Object> List<R> execute(
      List<PendingOperation<K, V, R>> pending,
      StoreSession session,
      Consumer<CasLoop<K, V, R>> course) {
    CallStack.beginCall();
    Call<K, V, R> call = new Call<>(parts, session, pending);
    CasLoop<K, V, R> loop = new CasLoop<>(call, commits);
    if (!statistics.isEnabled()) {
      run(loop, course);
      return call.results();
    }
    long start = System.nanoTime();
    try {
      run(loop, course);
    } finally {
      statistics.record(call.delta(), System.nanoTime() - start - call.loadNanos());
    }
    return call.results();
  }

  private static <K, V, R extends @Nullable Object> void run(
      CasLoop<K, V, R> loop, Consumer<CasLoop<K, V, R>> course) {
    NearStep<K, V, R> nearStep = loop.call().nearStep();
    try {
      nearStep.begin();
      course.accept(loop);
    } finally {
      try {
        // Events are published whatever else fails, and after the key lock is released.
        loop.end();
      } finally {
        nearStep.announceChanges();
      }
    }
  }

  private static <K, V, R extends @Nullable Object> void runBulk(CasLoop<K, V, R> loop) {
    loop.sendBlindWrites();
    loop.runAndPublish();
  }

  private <R extends @Nullable Object> void runSingle(
      CasLoop<K, V, R> loop, PendingOperation<K, V, R> pending, StoreSession session) {
    loop.sendBlindWrites();
    if (!pending.isOpen()) {
      return;
    }
    if (pending.operation().needsKeyLock(null)) {
      new LockedLoop<>(parts, newGroupCommit(session), loop, pending).run(keyLocks);
      return;
    }
    String key = pending.key().wire();
    int releasesBefore = keyLocks.releases(key);
    loop.readEntries();
    if (pending.hasSnapshot() && pending.operation().needsKeyLock(pending.snapshot())) {
      continueLocked(loop, key, releasesBefore, newGroupCommit(session));
    } else {
      loop.run();
    }
  }

  /** Continues with what was read, unless the entry may have changed since. */
  private <R extends @Nullable Object> void continueLocked(
      CasLoop<K, V, R> loop, String key, int releasesBefore, GroupCommit<K, V> groupCommit) {
    keyLocks.whileLocked(
        key,
        lock -> {
          if (groupCommit.settleLeft(lock) || keyLocks.releases(key) != releasesBefore) {
            loop.call().forget();
          }
          loop.run();
        });
  }

  private GroupCommit<K, V> newGroupCommit(StoreSession session) {
    return new GroupCommit<>(parts, commits, session);
  }

  private void sendRemovals(List<? extends Command> removals) {
    for (Reply reply : parts.store().send(removals).join()) {
      if (reply.failure() != null) {
        throw reply.failure();
      }
    }
  }
}
