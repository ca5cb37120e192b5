package org.jcachememcached.internal.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.jcachememcached.internal.store.StoreDriver.item;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.FakeClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link ItemStore} that remembers must do. Every test works below a prefix of its own,
 * so that the store may live on a server that other tests use too.
 */
public abstract class EntryStoreContract
    implements AnswerContract,
        CommandContract,
        TouchContract,
        CountContract,
        ClaimContract,
        AppendContract,
        ItemContract,
        ConcurrencyContract,
        ScanContract,
        InvalidationContract {

  private final FakeClock fakeClock = new FakeClock();
  private ItemStore store;
  private StoreDriver driver;

  /** Opens a new store. */
  protected abstract ItemStore open(InstantSource clock);

  /** What the keys of one test begin with. */
  protected String prefix() {
    return UUID.randomUUID() + ":";
  }

  /** The clock of the store; the system's for a store whose server keeps its own time. */
  @Override
  public InstantSource clock() {
    return fakeClock;
  }

  /** Lets time pass on {@link #clock()}; a store in real time has to wait. */
  protected void letPass(Duration duration) {
    fakeClock.advance(duration);
  }

  @Override
  public ItemStore store() {
    return store;
  }

  @Override
  public StoreDriver driver() {
    return driver;
  }

  @BeforeEach
  void openStore() {
    store = open(clock());
    driver = new StoreDriver(store, prefix());
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  // Forgetting

  @Test
  void keepsUntilTheTimeAndForgetsSoonAfter() {
    undisturbed(this::assertKeepsUntilTheTime);
  }

  private void assertKeepsUntilTheTime() {
    long deadline = clock().millis() + 3000;
    List<String> keys = Stream.of("set", "add", "replace", "cas").map(driver::key).toList();
    driver.set(keys.get(2), "old");
    driver.set(keys.get(3), "old");
    driver.send(new Command.Set(keys.get(0), item("new", deadline)));
    driver.send(new Command.Add(keys.get(1), item("new", deadline)));
    driver.send(new Command.Replace(keys.get(2), item("new", deadline)));
    long cas = driver.casOf(keys.get(3));
    driver.send(new Command.CompareAndSet(keys.get(3), item("new", deadline), cas));
    String prolonged = driver.key("prolonged");
    driver.send(new Command.Set(prolonged, item("old", deadline)));
    driver.send(new Command.Set(prolonged, item("new")));

    letPass(Duration.ofMillis(deadline - 500 - clock().millis()));
    assertThat(keys).allSatisfy(key -> assertThat(driver.valueOf(key)).isEqualTo("new"));

    letPassUntilForgotten(keys);
    assertThat(driver.has(prolonged)).isTrue();
    assertThat(driver.send(new Command.Replace(keys.get(0), item("late")))).isEqualTo(Reply.ABSENT);
    assertThat(driver.send(new Command.Delete(keys.get(1)))).isEqualTo(Reply.ABSENT);
    assertThat(driver.send(new Command.CompareAndSet(keys.get(3), item("late"), cas + 1)))
        .isEqualTo(Reply.ABSENT);
    assertThat(driver.send(new Command.Add(keys.get(2), item("again")))).isEqualTo(Reply.DONE);
  }

  @Test
  void keepsUntilTheTimeThatATouchSets() {
    undisturbed(this::assertKeepsUntilTheTimeOfTheTouch);
  }

  private void assertKeepsUntilTheTimeOfTheTouch() {
    String prolonged = driver.key("prolonged");
    String shortened = driver.key("shortened");
    long end = clock().millis() + 2000;
    driver.send(new Command.Set(prolonged, item("value", end)));
    driver.send(new Command.Set(shortened, item("value")));

    driver.send(new Command.Get(prolonged, end + 60_000));
    driver.send(new Command.Get(shortened, end));

    letPass(Duration.ofMillis(end - 500 - clock().millis()));
    assertThat(driver.has(shortened)).isTrue();
    letPassUntilForgotten(List.of(shortened));
    assertThat(driver.has(prolonged)).isTrue();
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

  @Test
  void tellsUntilWhenItKeeps() {
    String key = driver.key("entry");
    driver.set(key, "eternal");
    assertThat(driver.find(key).keepUntil()).isEqualTo(Item.FOREVER);

    long keepUntil = clock().millis() + 60_000;
    driver.send(new Command.Set(key, item("mortal", keepUntil)));

    assertThat(driver.find(key).keepUntil()).isCloseTo(keepUntil, within(2000L));
    letPass(Duration.ofMillis(1100));
    assertThat(driver.find(key).keepUntil()).isCloseTo(keepUntil, within(2000L));
  }

  @ParameterizedTest
  @ValueSource(longs = {29, 31, 366, 36_500, 1_000_000})
  void keepsForManyDays(long days) {
    String key = driver.key("entry");
    long keepUntil = clock().millis() + TimeUnit.DAYS.toMillis(days);

    driver.send(new Command.Set(key, item("value", keepUntil)));

    assertThat(driver.has(key)).isTrue();
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
}
