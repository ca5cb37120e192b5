package org.jcachememcached.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jcachememcached.codec.CodecException;
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

  /** Begins a call that is made of several parts. */
  public Conversation converse() {
    return new Conversation(parts.store(), parts.limits().timeout(), parts.clock());
  }

  /** Carries out one operation. */
  public <R extends @Nullable Object> R execute(Operation<K, V, R> operation) {
    return execute(operation, converse());
  }

  /** Carries out one operation of a call that is made of several parts. */
  public <R extends @Nullable Object> R execute(
      Operation<K, V, R> operation, Conversation conversation) {
    Attempt<K, V, R> attempt =
        new Attempt<>(operation, parts.format().encode(operation.key()), null);
    return execute(List.of(attempt), conversation, call -> alone(call, attempt)).get(0);
  }

  /** Carries out operations on different keys, page by page; results in their order. */
  public <R extends @Nullable Object> List<R> executeAll(
      List<? extends Operation<K, V, R>> operations) {
    return executeAll(operations, converse());
  }

  /** Carries out operations of a call that is made of several parts, see {@link #executeAll}. */
  public <R extends @Nullable Object> List<R> executeAll(
      List<? extends Operation<K, V, R>> operations, Conversation conversation) {
    List<Attempt<K, V, R>> attempts = new ArrayList<>(operations.size());
    for (Operation<K, V, R> operation : operations) {
      attempts.add(new Attempt<>(operation, parts.format().encode(operation.key()), null));
    }
    List<R> results = new ArrayList<>(attempts.size());
    int most = parts.limits().pageSize().limit();
    for (int from = 0; from < attempts.size(); from += most) {
      List<Attempt<K, V, R>> page = attempts.subList(from, Math.min(from + most, attempts.size()));
      results.addAll(execute(page, conversation, Engine::together));
    }
    return results;
  }

  /**
   * Carries out an operation on an entry that a scan has found, going by what the scan has seen.
   */
  public <R extends @Nullable Object> R executeOn(
      FoundEntry<K, V> entry, Operation<K, V, R> operation) {
    return execute(List.of(attempt(entry, operation)), converse(), Call::loopAndPublish).get(0);
  }

  /** Begins to enumerate the entries of the cache. */
  public EntryScan<K, V> scan() {
    return new EntryScan<>(parts);
  }

  /**
   * Whether what a scan has found is no entry any more, or never was. What cannot be decoded is
   * none, unless it is an exception in this cache.
   */
  public boolean passesOver(FoundEntry<K, V> entry) {
    Snapshot<V> snapshot = entry.snapshot();
    CodecException reason = snapshot.passedOver();
    if (reason != null) {
      parts.degradations().add(reason);
      return true;
    }
    return !snapshot.isUndecodable() && snapshot.isOverBy(parts.clock().millis());
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
    Conversation conversation = converse();
    try (EntryScan<K, V> scan = scan()) {
      for (List<FoundEntry<K, V>> page = scan.nextPage(); !page.isEmpty(); page = scan.nextPage()) {
        removeEach(page, removal, conversation);
      }
    }
  }

  private <R extends @Nullable Object> void removeEach(
      List<FoundEntry<K, V>> page,
      Function<K, Operation<K, V, R>> removal,
      Conversation conversation) {
    List<Attempt<K, V, R>> attempts = new ArrayList<>(page.size());
    List<Command> leftovers = new ArrayList<>(0);
    for (FoundEntry<K, V> entry : page) {
      if (entry.snapshot().isUndecodable()) {
        leftovers.add(
            new Command.CompareAndDelete(entry.encodedKey().wire(), entry.snapshot().token()));
      } else {
        attempts.add(attempt(entry, removal.apply(entry.key())));
      }
    }
    execute(attempts, conversation, Call::loopAndPublish);
    carryOut(leftovers);
  }

  private static <K, V, R extends @Nullable Object> Attempt<K, V, R> attempt(
      FoundEntry<K, V> entry, Operation<K, V, R> operation) {
    return new Attempt<>(operation, entry.encodedKey(), entry.snapshot());
  }

  private <R extends @Nullable Object> List<R> execute(
      List<Attempt<K, V, R>> attempts, Conversation conversation, Consumer<Call<K, V, R>> course) {
    Call<K, V, R> call = new Call<>(parts, commits, conversation, attempts);
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
      // What has happened is told whatever else fails, and when nobody waits for this thread's
      // turn.
      call.end();
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

  private void carryOut(List<? extends Command> removals) {
    for (Reply reply : parts.store().send(removals).join()) {
      if (reply.failure() != null) {
        throw reply.failure();
      }
    }
  }
}
