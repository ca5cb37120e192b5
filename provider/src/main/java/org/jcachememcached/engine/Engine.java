package org.jcachememcached.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jcachememcached.management.Statistics;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.KeyScan;
import org.jcachememcached.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Applies operations to the store of one cache. It decides between a single blind command and the
 * compare-and-set loop, lets neighbours of this JVM wait for their turn, splits bulk calls into
 * pages and records the statistics. Thread-safe.
 *
 * <p>Every method throws {@link org.jcachememcached.store.StoreException} when the store fails,
 * {@link org.jcachememcached.codec.CodecException} when a key or a value cannot be encoded or
 * decoded, and whatever the application's loader, writer, processor or listener failed with. Within
 * a page of a bulk call everything is carried out that can be; after a page that failed, no other
 * begins.
 */
public final class Engine<K, V> {

  private final EngineParts<K, V> parts;
  private final Statistics statistics;
  private final Turns turns;
  private final CommitOrder commits = new CommitOrder();

  public Engine(EngineParts<K, V> parts, Statistics statistics) {
    this.parts = parts;
    this.statistics = statistics;
    this.turns = new Turns(parts.limits().turnWait());
  }

  /** How many entries go in one round trip of a bulk operation, by the size of those before. */
  public int pageSize() {
    return parts.limits().pageSize().next();
  }

  /** Carries out one operation. */
  public <R extends @Nullable Object> R execute(Operation<K, V, R> operation) {
    Attempt<K, V, R> attempt =
        new Attempt<>(operation, parts.format().encode(operation.key()), null);
    return execute(List.of(attempt), call -> alone(call, attempt)).get(0);
  }

  /** Carries out operations on different keys, page by page; results in their order. */
  public <R extends @Nullable Object> List<R> executeAll(
      List<? extends Operation<K, V, R>> operations) {
    List<Attempt<K, V, R>> attempts = new ArrayList<>(operations.size());
    for (Operation<K, V, R> operation : operations) {
      attempts.add(new Attempt<>(operation, parts.format().encode(operation.key()), null));
    }
    List<R> results = new ArrayList<>(attempts.size());
    int most = parts.limits().pageSize().limit();
    for (int from = 0; from < attempts.size(); from += most) {
      List<Attempt<K, V, R>> page =
          attempts.subList(from, Math.min(from + most, attempts.size()));
      results.addAll(execute(page, Engine::together));
    }
    return results;
  }

  /**
   * Carries out an operation on each of the entries that a scan has found, beginning with what the
   * scan has seen of them.
   */
  public <R extends @Nullable Object> List<R> executeOn(
      List<FoundEntry<K, V>> entries, Function<K, Operation<K, V, R>> operation) {
    List<Attempt<K, V, R>> attempts = new ArrayList<>(entries.size());
    for (FoundEntry<K, V> entry : entries) {
      attempts.add(
          new Attempt<>(operation.apply(entry.key()), entry.encodedKey(), entry.snapshot()));
    }
    return execute(attempts, Call::loopAndPublish);
  }

  /** Begins to enumerate the entries of the cache. */
  public EntryScan<K, V> scan() {
    return new EntryScan<>(parts);
  }

  /** Whether an entry has expired since the scan came upon it. */
  public boolean hasExpired(FoundEntry<K, V> entry) {
    return !entry.snapshot().isUnreadable() && entry.snapshot().isOverBy(parts.clock().millis());
  }

  /** Removes whatever is stored below the prefix of the cache; nothing is counted. */
  public void clear() {
    removeEverything();
  }

  /** Removes whatever is stored below the prefix of the cache, and counts it as removals. */
  public void removeAllBlindly() {
    long start = System.nanoTime();
    statistics.recordRemovals(removeEverything(), System.nanoTime() - start);
  }

  private <R extends @Nullable Object> List<R> execute(
      List<Attempt<K, V, R>> attempts, Consumer<Call<K, V, R>> course) {
    Call<K, V, R> call = new Call<>(parts, commits, attempts);
    if (!statistics.isEnabled()) {
      carryOut(call, course);
      return call.results();
    }
    long start = System.nanoTime();
    try {
      carryOut(call, course);
    } finally {
      long loading = attempts.stream().mapToLong(a -> a.operation().nanosLoading()).sum();
      statistics.record(call.tally(), System.nanoTime() - start - loading);
    }
    return call.results();
  }

  private static <K, V, R extends @Nullable Object> void carryOut(
      Call<K, V, R> call, Consumer<Call<K, V, R>> course) {
    try {
      course.accept(call);
    } finally {
      // What has happened is told whatever else fails, and when nobody waits for this thread's turn.
      call.publish();
    }
  }

  private static <K, V, R extends @Nullable Object> void together(Call<K, V, R> call) {
    call.takeShortcuts();
    call.loopAndPublish();
  }

  private <R extends @Nullable Object> void alone(Call<K, V, R> call, Attempt<K, V, R> attempt) {
    call.takeShortcuts();
    if (!attempt.isOpen()) {
      return;
    }
    String key = attempt.key().wire();
    if (attempt.operation().takesTurn(null)) {
      turns.inTurn(key, call::loop);
      return;
    }
    int endedBefore = turns.ended(key);
    call.look();
    if (attempt.hasSeen() && attempt.operation().takesTurn(attempt.seen())) {
      turns.inTurn(
          key,
          () -> {
            if (turns.ended(key) != endedBefore) {
              call.forget();
            }
            call.loop();
          });
    } else {
      call.loop();
    }
  }

  private long removeEverything() {
    long removed = 0;
    int most = parts.limits().pageSize().limit();
    try (KeyScan scan = parts.store().scan(parts.format().prefix())) {
      for (List<String> page = scan.nextPage(most);
          !page.isEmpty();
          page = scan.nextPage(most)) {
        removed += removePage(page);
      }
    }
    return removed;
  }

  private long removePage(List<String> wireKeys) {
    long removed = 0;
    List<Command> deletes = wireKeys.stream().<Command>map(Command.Delete::new).toList();
    for (Reply reply : parts.store().send(deletes).join()) {
      if (reply.failure() != null) {
        throw reply.failure();
      }
      if (reply.status() == Reply.Status.DONE) {
        removed++;
      }
    }
    return removed;
  }
}
