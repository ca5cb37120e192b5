package org.jcachememcached.internal.store.generation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.generation.LatestGeneration.Answer;
import org.jcachememcached.internal.store.generation.LatestGeneration.Question;
import org.jspecify.annotations.Nullable;

/**
 * The store of one cache that is cleared in one round trip, whatever the number of its entries.
 * Every key contains the generation of the cache; {@link #clear} replaces the generation, so that
 * entries stored before are not found any more. They stay in the store until they expire or are
 * evicted. Thread-safe.
 *
 * <p>The generation is stored in an item that never expires. It is read with every send, in the
 * same round trip, so a call that begins after the clear of another client has ended finds nothing
 * older. If it differs from the known one, the commands are sent again with the new one: the
 * effects of the first attempt are invisible below the old one. A CAS value of the old one matches
 * no entry of the new one. If the generation cannot be read, the commands fail; it is never
 * guessed.
 *
 * <p>Calls that only read may use a generation that was read a while ago, if the caller of the
 * constructor allows that. Calls that write never do: their effects would be lost.
 *
 * <p>One send takes one round trip; two if the generation has changed or is not known yet, and up
 * to two more if there is none. Each of them has the full timeout of the store.
 */
public final class GenerationalStore implements ItemStore {

  /** The text in keys in place of the generation, between the namespace's prefix and a colon. */
  public static final String PLACEHOLDER = "-".repeat(Generation.LENGTH);

  private final ItemStore store;
  private final String namespace;
  private final Duration check;
  private final GenerationItem item;

  /**
   * @param store the store of the entries and of the generation
   * @param namespace the prefix of the cache, up to the generation; no other key may be this prefix
   *     and the word {@code generation}
   * @param check how long reads may use a generation that was read before; zero to read it with
   *     every send
   * @param clock measures that time
   */
  public GenerationalStore(ItemStore store, String namespace, Duration check, InstantSource clock) {
    this.store = store;
    this.namespace = namespace;
    this.check = check;
    this.item = new GenerationItem(store, namespace + "generation", clock);
  }

  /**
   * Makes all entries stored so far unreachable, also for other clients; one round trip.
   *
   * @throws StoreException if the generation cannot be replaced
   */
  public void clear() {
    item.replace();
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    Answer latest = item.latest();
    Generation known = latest.generation();
    if (known == null) {
      return item.read().thenCompose(reading -> sendBelow(reading, commands));
    }
    return mayTrust(latest, commands) ? sendBelow(known, commands) : sendAsking(known, commands);
  }

  private boolean mayTrust(Answer latest, List<? extends Command> commands) {
    return item.isYounger(latest, check)
        && commands.stream().allMatch(command -> command instanceof Command.Get);
  }

  private CompletableFuture<List<Reply>> sendAsking(
      Generation known, List<? extends Command> commands) {
    KeyMapping mapping = mapping(known);
    List<Command> batch = mapping.into(commands);
    batch.add(item.get());
    Question question = item.ask();
    return store
        .send(batch)
        .thenCompose(
            replies -> {
              List<Reply> answers = replies.subList(0, commands.size());
              return item.understand(replies.get(commands.size()), question)
                  .thenCompose(
                      reading ->
                          known.equals(reading.generation())
                              ? completed(mapping.outOf(answers))
                              : sendAgain(reading, commands, answers));
            });
  }

  private CompletableFuture<List<Reply>> sendAgain(
      GenerationRead reading, List<? extends Command> commands, List<Reply> answers) {
    return reading.failure() == null
        ? sendBelow(reading.get(), commands)
        : completed(answers.stream().map(answer -> inDoubt(answer, reading.failure())).toList());
  }

  private CompletableFuture<List<Reply>> sendBelow(
      GenerationRead reading, List<? extends Command> commands) {
    return reading.failure() == null
        ? sendBelow(reading.get(), commands)
        : completed(commands.stream().map(unsent -> notDone(reading.failure())).toList());
  }

  private CompletableFuture<List<Reply>> sendBelow(
      Generation generation, List<? extends Command> commands) {
    KeyMapping mapping = mapping(generation);
    return store.send(mapping.into(commands)).thenApply(mapping::outOf);
  }

  private static CompletableFuture<List<Reply>> completed(List<Reply> replies) {
    return CompletableFuture.completedFuture(replies);
  }

  /** The reply to a command that was sent with a generation which may be outdated. */
  private Reply inDoubt(Reply answer, StoreException failure) {
    if (answer.failure() != null) {
      return answer;
    }
    return answer.isChange()
        ? Reply.failed(StoreException.outcomeUnknown(failure.reason(), message(failure), failure))
        : notDone(failure);
  }

  private Reply notDone(StoreException failure) {
    return Reply.failed(withoutEffect(failure));
  }

  private StoreException withoutEffect(StoreException failure) {
    return StoreException.withoutEffect(failure.reason(), message(failure), failure);
  }

  private String message(StoreException failure) {
    return "the generation of '" + namespace + "' is not known: " + failure.getMessage();
  }

  @Override
  public KeyScan scan(String prefix) {
    GenerationRead reading = item.read().join();
    if (reading.failure() != null) {
      throw withoutEffect(reading.failure());
    }
    KeyMapping mapping = mapping(reading.get());
    return new GenerationalScan(store.scan(mapping.into(prefix)), mapping);
  }

  /**
   * {@inheritDoc} If the generation is unknown, because its server failed, the keys in the store
   * are unknown too: then all entries of the cache are removed.
   */
  @Override
  public void invalidate(String prefix, List<String> keys) {
    Generation known = item.latest().generation();
    if (known == null) {
      item.invalidate();
    } else {
      KeyMapping mapping = mapping(known);
      List<String> moved = new ArrayList<>(keys.size());
      keys.forEach(key -> moved.add(mapping.into(key)));
      store.invalidate(mapping.into(prefix), moved);
    }
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return store.unwrap(type);
  }

  @Override
  public void close() {
    store.close();
  }

  private KeyMapping mapping(Generation generation) {
    return new KeyMapping(
        namespace + PLACEHOLDER + ":", namespace + generation.text() + ":", generation.casMask());
  }

  /** The keys of one generation, as callers of this store write them. Not thread-safe. */
  private record GenerationalScan(KeyScan scan, KeyMapping mapping) implements KeyScan {

    @Override
    public List<String> nextPage(int limit) {
      return scan.nextPage(limit).stream().map(mapping::outOf).toList();
    }

    @Override
    public void close() {
      scan.close();
    }
  }
}
