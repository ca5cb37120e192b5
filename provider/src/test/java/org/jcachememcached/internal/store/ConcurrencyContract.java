package org.jcachememcached.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.internal.store.StoreDriver.item;
import static org.jcachememcached.internal.store.StoreDriver.text;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must be atomic in a store when many write one key. */
interface ConcurrencyContract {

  int THREADS = 8;

  /** Speaks to the store under test. */
  StoreDriver driver();

  @Test
  default void compareAndSetLosesNoIncrement() throws Exception {
    String key = driver().key("counter");
    driver().set(key, "0");
    int increments = 100;

    inParallel(
        () -> {
          for (int i = 0; i < increments; i++) {
            increment(key);
          }
          return key;
        });

    assertThat(driver().valueOf(key)).isEqualTo(Integer.toString(THREADS * increments));
  }

  private void increment(String key) {
    Reply reply;
    do {
      StoredItem current = driver().find(key);
      int next = Integer.parseInt(text(current.data())) + 1;
      Item item = item(Integer.toString(next));
      reply = driver().send(new Command.CompareAndSet(key, item, current.cas()));
      assertThat(reply).isIn(Reply.DONE, Reply.CHANGED);
    } while (!reply.equals(Reply.DONE));
  }

  @Test
  default void onlyOneOfManyWins() throws Exception {
    String key = driver().key("prize");

    List<Reply> adds = inParallel(() -> driver().send(new Command.Add(key, item("mine"))));
    assertThat(adds).containsOnly(Reply.DONE, Reply.PRESENT).containsOnlyOnce(Reply.DONE);

    long cas = driver().casOf(key);
    List<Reply> deletes = inParallel(() -> driver().send(new Command.CompareAndDelete(key, cas)));
    assertThat(deletes).containsOnly(Reply.DONE, Reply.ABSENT).containsOnlyOnce(Reply.DONE);
  }

  private static <T> List<T> inParallel(Callable<T> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<T>> tasks = Stream.generate(() -> task).limit(THREADS).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
