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
 * The item of a cache that contains its generation, and what this client knows of it. If the item
 * is missing, it was evicted or its server restarted: a new one is created, which clears the cache,
 * because it may have been cleared meanwhile. Thread-safe.
 */
final class GenerationItem {

  /** How often reading is repeated when the item is absent and then present. */
  private static final int CREATIONS = 5;

  private final ItemStore store;
  private final String key;
  private final LatestGeneration latest;

  GenerationItem(ItemStore store, String key, InstantSource clock) {
    this.store = store;
    this.key = key;
    this.latest = new LatestGeneration(clock);
  }

  /** The latest known generation. */
  Answer latest() {
    return latest.get();
  }

  /** Whether an answer is younger than the age. */
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

  /** Reads the generation, and creates one if there is none. The future never fails. */
  CompletableFuture<GenerationRead> read() {
    return read(CREATIONS);
  }

  private CompletableFuture<GenerationRead> read(int creations) {
    Question question = ask();
    return send(get()).thenCompose(reply -> understand(reply, question, creations));
  }

  /**
   * Evaluates the reply to a {@link #get}; creates a generation if there is none. The future never
   * fails.
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
   * @throws StoreException if that fails
   */
  void replace() {
    Generation created = Generation.random();
    Reply reply = send(new Command.Set(key, created.item())).join();
    // Only now: a question asked meanwhile may have the old generation as its answer.
    Question question = ask();
    if (reply.failure() != null) {
      latest.learn(question, null);
      throw reply.failure();
    }
    latest.learn(question, created);
  }

  /** Ensures that a new generation begins before the old one is read again. */
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
