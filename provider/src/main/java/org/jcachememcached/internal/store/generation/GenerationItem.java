package org.jcachememcached.internal.store.generation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.internal.store.generation.LatestGeneration.Answer;
import org.jcachememcached.internal.store.generation.LatestGeneration.Question;

/**
 * The one item of a cache that says which generation it is in, and what this client remembers of
 * it. Where there is none, it was evicted or its server restarted: a new one takes its place, which
 * is a clear, for nobody knows whether the cache was cleared meanwhile. Thread-safe.
 */
final class GenerationItem {

  /** How often an item that is found absent and then present is waited for. */
  private static final int CREATIONS = 5;

  private final ItemStore store;
  private final String key;
  private final LatestGeneration latest;

  GenerationItem(ItemStore store, String key, InstantSource clock) {
    this.store = store;
    this.key = key;
    this.latest = new LatestGeneration(clock);
  }

  /** What is remembered. */
  Answer latest() {
    return latest.get();
  }

  /** Whether an answer is younger than that. */
  boolean isYounger(Answer answer, Duration age) {
    return latest.isYounger(answer, age);
  }

  /** To be called before a {@link #get} is sent. */
  Question ask() {
    return latest.ask();
  }

  /** The command that reads the item. */
  Command get() {
    return new Command.Get(key);
  }

  /** Reads the generation, and makes one where there is none. The future never fails. */
  CompletableFuture<GenerationRead> read() {
    return read(CREATIONS);
  }

  private CompletableFuture<GenerationRead> read(int creations) {
    Question question = ask();
    return send(get()).thenCompose(reply -> understand(reply, question, creations));
  }

  /**
   * What the reply to a {@link #get} means; makes a generation where there is none. The future
   * never fails.
   */
  CompletableFuture<GenerationRead> understand(Reply reply, Question question) {
    return understand(reply, question, CREATIONS);
  }

  private CompletableFuture<GenerationRead> understand(
      Reply reply, Question question, int creations) {
    if (reply.failure() != null) {
      return fail(question, reply.failure());
    }
    StoredItem item = reply.item();
    if (item == null) {
      return create(creations);
    }
    try {
      return learn(question, Generation.of(key, item));
    } catch (StoreException e) {
      return fail(question, e);
    }
  }

  private CompletableFuture<GenerationRead> create(int creations) {
    Question question = ask();
    if (creations == 0) {
      return fail(question, vanishing());
    }
    Generation created = Generation.random();
    return send(new Command.Add(key, created.item()))
        .thenCompose(
            reply -> {
              if (reply.failure() != null) {
                return fail(question, reply.failure());
              }
              return reply.status() == Reply.Status.DONE
                  ? learn(question, created)
                  : read(creations - 1);
            });
  }

  /**
   * Replaces the generation by a new one.
   *
   * @throws StoreException if that failed
   */
  void replace() {
    Generation created = Generation.random();
    Reply reply = send(new Command.Set(key, created.item())).join();
    // Only now: who has asked meanwhile may have been told of the old one.
    Question question = ask();
    if (reply.failure() != null) {
      latest.learn(question, null);
      throw reply.failure();
    }
    latest.learn(question, created);
  }

  /** Sees to it that a new generation begins before the old one is read again. */
  void invalidate() {
    store.invalidate(key, List.of(key));
  }

  private CompletableFuture<GenerationRead> learn(Question question, Generation generation) {
    latest.learn(question, generation);
    return CompletableFuture.completedFuture(GenerationRead.of(generation));
  }

  private CompletableFuture<GenerationRead> fail(Question question, StoreException failure) {
    latest.learn(question, null);
    return CompletableFuture.completedFuture(GenerationRead.failed(failure));
  }

  private CompletableFuture<Reply> send(Command command) {
    return store.send(List.of(command)).thenApply(replies -> replies.get(0));
  }

  private StoreException vanishing() {
    return StoreException.withoutEffect(
        Reason.REJECTED,
        "'%s' was removed %d times while it was read".formatted(key, CREATIONS),
        null);
  }
}
