package org.jcachememcached.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.store.StoreDriver.item;
import static org.jcachememcached.store.StoreDriver.text;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jcachememcached.store.Reply.Status;
import org.jcachememcached.store.StoreException.Reason;
import org.jcachememcached.testing.FakeClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link EntryStore} that remembers must do. Every test works below a prefix of its own,
 * so that the store may live on a server that other tests use too.
 */
public abstract class EntryStoreContract {

  private static final int THREADS = 8;

  private final FakeClock fakeClock = new FakeClock();
  private EntryStore store;
  private StoreDriver driver;

  /** Opens a new store. */
  protected abstract EntryStore open(InstantSource clock);

  /** The clock of the store; the system's for a store whose server keeps its own time. */
  protected InstantSource clock() {
    return fakeClock;
  }

  /** Lets time pass on {@link #clock()}; a store in real time has to wait. */
  protected void letPass(Duration duration) {
    fakeClock.advance(duration);
  }

  @BeforeEach
  void openStore() {
    store = open(clock());
    driver = new StoreDriver(store);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  // Commands

  static Stream<CommandCase> doesWhatTheTableSays() {
    return CommandCase.all();
  }

  @ParameterizedTest
  @MethodSource
  void doesWhatTheTableSays(CommandCase row) {
    String key = driver.key("entry");
    long token = driver.prepare(key, row.situation());

    Reply reply = driver.send(row.command(key, token));

    assertThat(reply.status()).isEqualTo(row.status());
    assertThat(reply.failure()).isNull();
    assertThat(reply.item() != null).isEqualTo(row.status() == Status.FOUND);
    assertThat(driver.valueOf(key)).isEqualTo(row.valueAfter());
  }

  @Test
  void tokenOfNoEntryMatchesNone() {
    String key = driver.key("entry");
    Command set = new Command.CompareAndSet(key, item("new"), Command.NO_TOKEN);
    Command delete = new Command.CompareAndDelete(key, Command.NO_TOKEN);

    assertThat(driver.send(set)).isEqualTo(Reply.ABSENT);
    assertThat(driver.send(delete)).isEqualTo(Reply.ABSENT);
    driver.set(key, "old");
    assertThat(driver.send(set)).isEqualTo(Reply.CHANGED);
    assertThat(driver.send(delete)).isEqualTo(Reply.CHANGED);
    assertThat(driver.valueOf(key)).isEqualTo("old");
  }

  @Test
  void tokenChangesWithEveryWrite() {
    String key = driver.key("entry");
    List<Long> tokens = new ArrayList<>();

    driver.send(new Command.Add(key, item("same")));
    tokens.add(driver.tokenOf(key));
    driver.send(new Command.Set(key, item("same")));
    tokens.add(driver.tokenOf(key));
    driver.send(new Command.Replace(key, item("same")));
    tokens.add(driver.tokenOf(key));
    driver.send(new Command.CompareAndSet(key, item("same"), driver.tokenOf(key)));
    tokens.add(driver.tokenOf(key));
    driver.send(new Command.Delete(key));
    driver.send(new Command.Add(key, item("same")));
    tokens.add(driver.tokenOf(key));

    assertThat(tokens).doesNotHaveDuplicates().doesNotContain(Command.NO_TOKEN);
  }

  @Test
  void tokenStaysWhileNothingIsWritten() {
    String key = driver.key("entry");
    driver.set(key, "value");
    long token = driver.tokenOf(key);

    driver.send(new Command.Get(key));
    driver.send(new Command.Add(key, item("too late")));
    driver.send(new Command.CompareAndSet(key, item("wrong token"), token + 1));
    driver.send(new Command.CompareAndDelete(key, token + 1));

    assertThat(driver.tokenOf(key)).isEqualTo(token);
  }

  // Items

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0xA5A5_A5A5})
  void keepsAllBitsOfFlags(int flags) {
    String key = driver.key("entry");

    driver.send(new Command.Set(key, new Item(flags, new byte[] {1}, Item.FOREVER)));

    assertThat(driver.find(key).flags()).isEqualTo(flags);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1023, 1024, 64 * 1024, 900 * 1024})
  void keepsValuesOfAnySize(int size) {
    String key = driver.key("entry");
    byte[] data = new byte[size];
    new Random(size).nextBytes(data);

    driver.send(new Command.Set(key, new Item(7, data, Item.FOREVER)));

    assertThat(driver.find(key).data()).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "END\r\n", "VA 2 f0\r\nHD\r\n", "\0", "mn\r\n", " "})
  void keepsValuesThatLookLikeProtocol(String value) {
    String key = driver.key("entry");

    driver.set(key, value);

    assertThat(driver.valueOf(key)).isEqualTo(value);
  }

  @Test
  void tellsKeysOfGreatestLengthApart() {
    String one = keyOfGreatestLength();
    String two = one.substring(0, one.length() - 1) + "2";

    driver.set(one, "one");
    driver.set(two, "two");

    assertThat(driver.valueOf(one)).isEqualTo("one");
    assertThat(driver.valueOf(two)).isEqualTo("two");
  }

  @Test
  void tellsKeysOfAllPrintableCharactersApart() {
    List<String> keys = keysOfAllPrintableCharacters();

    keys.forEach(key -> driver.set(key, key));

    assertThat(keys).allSatisfy(key -> assertThat(driver.valueOf(key)).isEqualTo(key));
  }

  // Batches

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000})
  void answersMixedBatchInItsOrder(int size) {
    List<CommandCase> rows = CommandCase.all().toList();
    List<Command> batch = new ArrayList<>();
    List<Status> expected = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      CommandCase row = rows.get(i % rows.size());
      String key = driver.key("entry" + i);
      batch.add(row.command(key, driver.prepare(key, row.situation())));
      expected.add(row.status());
    }

    assertThat(driver.send(batch)).extracting(Reply::status).isEqualTo(expected);
  }

  @Test
  void answersEveryGetOfBatchWithItsOwnValue() {
    List<String> keys = storeEntries(1000);

    List<Reply> replies = driver.send(keys.stream().map(Command.Get::new).toList());

    assertThat(replies)
        .extracting(reply -> text(requireNonNull(reply.item()).data()))
        .isEqualTo(keys);
  }

  // Concurrency

  @Test
  void compareAndSetLosesNoIncrement() throws Exception {
    String key = driver.key("counter");
    driver.set(key, "0");
    int increments = 100;

    inParallel(
        () -> {
          for (int i = 0; i < increments; i++) {
            increment(key);
          }
          return key;
        });

    assertThat(driver.valueOf(key)).isEqualTo(Integer.toString(THREADS * increments));
  }

  private void increment(String key) {
    Reply reply;
    do {
      StoredItem current = driver.find(key);
      int next = Integer.parseInt(text(current.data())) + 1;
      Item item = item(Integer.toString(next));
      reply = driver.send(new Command.CompareAndSet(key, item, current.token()));
      assertThat(reply).isIn(Reply.DONE, Reply.CHANGED);
    } while (!reply.equals(Reply.DONE));
  }

  @Test
  void onlyOneOfManyWins() throws Exception {
    String key = driver.key("prize");

    List<Reply> adds = inParallel(() -> driver.send(new Command.Add(key, item("mine"))));
    assertThat(adds).containsOnly(Reply.DONE, Reply.PRESENT).containsOnlyOnce(Reply.DONE);

    long token = driver.tokenOf(key);
    List<Reply> deletes = inParallel(() -> driver.send(new Command.CompareAndDelete(key, token)));
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

  // Forgetting

  @Test
  void keepsUntilTheTimeAndForgetsSoonAfter() {
    long deadline = clock().millis() + 3000;
    List<String> keys = Stream.of("set", "add", "replace", "cas").map(driver::key).toList();
    driver.set(keys.get(2), "old");
    driver.set(keys.get(3), "old");
    driver.send(new Command.Set(keys.get(0), item("new", deadline)));
    driver.send(new Command.Add(keys.get(1), item("new", deadline)));
    driver.send(new Command.Replace(keys.get(2), item("new", deadline)));
    long token = driver.tokenOf(keys.get(3));
    driver.send(new Command.CompareAndSet(keys.get(3), item("new", deadline), token));
    String prolonged = driver.key("prolonged");
    driver.send(new Command.Set(prolonged, item("old", deadline)));
    driver.send(new Command.Set(prolonged, item("new")));

    letPass(Duration.ofMillis(deadline - 500 - clock().millis()));
    assertThat(keys).allSatisfy(key -> assertThat(driver.valueOf(key)).isEqualTo("new"));

    letPassUntilForgotten(keys);
    assertThat(driver.has(prolonged)).isTrue();
    assertThat(driver.send(new Command.Replace(keys.get(0), item("late")))).isEqualTo(Reply.ABSENT);
    assertThat(driver.send(new Command.Delete(keys.get(1)))).isEqualTo(Reply.ABSENT);
    assertThat(driver.send(new Command.CompareAndSet(keys.get(3), item("late"), token + 1)))
        .isEqualTo(Reply.ABSENT);
    assertThat(driver.send(new Command.Add(keys.get(2), item("again")))).isEqualTo(Reply.DONE);
  }

  @Test
  void acceptsItemThatItMayForgetAtOnce() {
    String key = driver.key("entry");
    driver.set(key, "old");

    Item past = item("new", clock().millis() - 1);
    assertThat(driver.send(new Command.Set(key, past))).isEqualTo(Reply.DONE);

    assertThat(driver.valueOf(key)).isNotEqualTo("old");
    letPassUntilForgotten(List.of(key));
  }

  private void letPassUntilForgotten(List<String> keys) {
    for (int second = 0; second < 6 && keys.stream().anyMatch(driver::has); second++) {
      letPass(Duration.ofSeconds(1));
    }
    assertThat(keys).noneMatch(driver::has);
  }

  @ParameterizedTest
  @ValueSource(longs = {29, 31, 366, 36_500, 1_000_000})
  void keepsForManyDays(long days) {
    String key = driver.key("entry");
    long keepUntil = clock().millis() + TimeUnit.DAYS.toMillis(days);

    driver.send(new Command.Set(key, item("value", keepUntil)));

    assertThat(driver.has(key)).isTrue();
  }

  // Scans

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 40, 41, 1000})
  void scanReturnsEveryKeyOnceInPages(int pageSize) {
    List<String> keys = storeEntries(40);

    assertThat(driver.scan(driver.prefix(), pageSize)).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void scanReturnsOnlyKeysBelowThePrefix() {
    List.of("a:1", "a:2", "a", "b:a:1", "ab:1", "A:1").forEach(k -> driver.set(driver.key(k), k));

    assertThat(driver.scan(driver.key("a:"), 10))
        .containsExactlyInAnyOrder(driver.key("a:1"), driver.key("a:2"));
  }

  @Test
  void scanReturnsNothingWhereNothingIs() {
    driver.set(driver.key("removed"), "value");
    driver.send(new Command.Delete(driver.key("removed")));

    assertThat(driver.scan(driver.prefix(), 10)).isEmpty();
  }

  @Test
  void scanReturnsKeysAsTheyAre() {
    List<String> keys = keysOfAllPrintableCharacters();
    keys.forEach(key -> driver.set(key, "value"));

    assertThat(driver.scan(driver.prefix(), 10)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(driver.scan(driver.key("a%20"), 10)).containsExactly(driver.key("a%20b"));
  }

  @Test
  void scanReturnsKeysThatStayOnceWhileOthersComeAndGo() {
    List<String> stable = storeEntries(300);
    List<String> seen = new ArrayList<>();

    try (KeyScan scan = store.scan(driver.prefix())) {
      List<String> page = scan.nextPage(10);
      for (int i = 0; !page.isEmpty(); i++) {
        seen.addAll(page);
        driver.set(driver.key("new" + i), "value");
        driver.send(new Command.Delete(driver.key("new" + (i - 2))));
        driver.set(stable.get(i), "changed");
        page = scan.nextPage(10);
      }
    }

    assertThat(seen).doesNotHaveDuplicates().containsAll(stable);
  }

  @Test
  void scansDoNotDisturbEachOther() {
    List<String> keys = storeEntries(40);

    try (KeyScan abandoned = store.scan(driver.prefix())) {
      assertThat(abandoned.nextPage(10)).hasSize(10);
      assertThat(driver.scan(driver.prefix(), 10)).containsExactlyInAnyOrderElementsOf(keys);
    }

    assertThat(driver.scan(driver.prefix(), 10)).containsExactlyInAnyOrderElementsOf(keys);
  }

  // Life cycle

  @Test
  void closesTwice() {
    store.close();
    store.close();
  }

  @Test
  void rejectsCommandsAfterClose() {
    store.close();

    List<Reply> replies =
        driver.send(List.of(new Command.Get("a"), new Command.Set("b", item("value"))));

    assertThat(replies)
        .hasSize(2)
        .allSatisfy(
            reply -> {
              StoreException failure = requireNonNull(reply.failure());
              assertThat(reply.status()).isEqualTo(Status.FAILED);
              assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
              assertThat(failure.isOutcomeUnknown()).isFalse();
            });
  }

  @Test
  void rejectsScanAfterClose() {
    store.close();

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> driver.scan(driver.prefix(), 10))
        .extracting(StoreException::reason)
        .isEqualTo(Reason.REJECTED);
  }

  @Test
  void unwrapsOnlyWhatItIsMadeOf() {
    assertThat(store.unwrap(StringBuilder.class)).isNull();
  }

  // Keys

  private List<String> storeEntries(int count) {
    List<String> keys = IntStream.range(0, count).mapToObj(i -> driver.key("entry" + i)).toList();
    List<Command.Set> sets = keys.stream().map(key -> new Command.Set(key, item(key))).toList();
    assertThat(driver.send(sets)).allMatch(Reply.DONE::equals);
    return keys;
  }

  private List<String> keysOfAllPrintableCharacters() {
    Stream<String> characters =
        IntStream.rangeClosed('!', '~').mapToObj(c -> Character.toString((char) c));
    Stream<String> trickyOnes =
        Stream.of("", "a%20b", "a%25", "a+b", "a:b", "%zz", "key=x", "END", "::", "\\r\\n");
    return Stream.concat(
            Stream.concat(characters, trickyOnes).map(driver::key),
            Stream.of(keyOfGreatestLength()))
        .toList();
  }

  private String keyOfGreatestLength() {
    return driver.key("k".repeat(Command.MAX_KEY_LENGTH - driver.prefix().length()));
  }
}
