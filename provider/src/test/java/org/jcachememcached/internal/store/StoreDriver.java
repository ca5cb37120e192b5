package org.jcachememcached.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jcachememcached.internal.store.CommandCase.Situation;
import org.jcachememcached.internal.store.Reply.Status;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a store in the words of a test: waits for answers, has texts for values, and makes keys
 * below its prefix. Thread-safe.
 */
final class StoreDriver {

  private final ItemStore store;
  private final String prefix;

  /**
   * @param prefix what no other driver of the same store has
   */
  StoreDriver(ItemStore store, String prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  /** What all keys of this driver start with. */
  String prefix() {
    return prefix;
  }

  String key(String suffix) {
    return prefix + suffix;
  }

  Reply send(Command command) {
    return send(List.of(command)).get(0);
  }

  List<Reply> send(List<? extends Command> commands) {
    try {
      return store.send(commands).get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the future of a batch must complete, and normally", e);
    }
  }

  void set(String key, String value) {
    assertThat(send(new Command.Set(key, item(value)))).isEqualTo(Reply.DONE);
  }

  /** The item there, which the test takes for granted. */
  StoredItem find(String key) {
    Reply reply = send(new Command.Get(key));
    assertThat(reply.status()).as("get %s", key).isEqualTo(Status.FOUND);
    return requireNonNull(reply.item());
  }

  long casOf(String key) {
    return find(key).cas();
  }

  boolean has(String key) {
    return valueOf(key) != null;
  }

  @Nullable String valueOf(String key) {
    StoredItem item = send(new Command.Get(key)).item();
    return item == null ? null : text(item.data());
  }

  /** Brings a key into a situation; returns the CAS value that a command in it carries. */
  long prepare(String key, Situation situation) {
    if (situation == Situation.ABSENT) {
      return 4711;
    }
    set(key, CommandCase.OLD);
    long cas = casOf(key);
    if (situation == Situation.REMOVED || situation == Situation.RECREATED) {
      send(new Command.Delete(key));
    }
    if (situation == Situation.CHANGED || situation == Situation.RECREATED) {
      set(key, CommandCase.OTHER);
    }
    return cas;
  }

  /** All keys of a scan, read in pages. */
  List<String> scan(String keyPrefix, int pageSize) {
    List<String> keys = new ArrayList<>();
    try (KeyScan scan = store.scan(keyPrefix)) {
      List<String> page = scan.nextPage(pageSize);
      while (!page.isEmpty()) {
        assertThat(page).hasSizeLessThanOrEqualTo(pageSize);
        keys.addAll(page);
        page = scan.nextPage(pageSize);
      }
    }
    return keys;
  }

  /** Stores entries that have their own keys for values. */
  List<String> storeEntries(int count) {
    List<String> keys = IntStream.range(0, count).mapToObj(i -> key("entry" + i)).toList();
    List<Command.Set> sets = keys.stream().map(key -> new Command.Set(key, item(key))).toList();
    assertThat(send(sets)).allMatch(Reply.DONE::equals);
    return keys;
  }

  List<String> keysOfAllPrintableCharacters() {
    Stream<String> characters =
        IntStream.rangeClosed('!', '~').mapToObj(c -> Character.toString((char) c));
    Stream<String> trickyOnes =
        Stream.of("", "a%20b", "a%25", "a+b", "a:b", "%zz", "key=x", "END", "::", "\\r\\n");
    return Stream.concat(
            Stream.concat(characters, trickyOnes).map(this::key), Stream.of(keyOfGreatestLength()))
        .toList();
  }

  String keyOfGreatestLength() {
    return key("k".repeat(Command.MAX_KEY_LENGTH - prefix().length()));
  }

  static Item item(String value) {
    return item(value, Item.FOREVER);
  }

  static Item item(String value, long keepUntil) {
    return new Item(0, value.getBytes(UTF_8), keepUntil);
  }

  static String text(byte[] data) {
    return new String(data, UTF_8);
  }
}
