package org.jcachememcached.internal.engine;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.TestCaches;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The round trips of every operation are those of {@code docs/round-trips.md}, and carry what they
 * should. The key {@code there} has an entry with the value {@code old}, the key {@code absent} has
 * none.
 */
class RoundTripsTest {

  private static final Duration WHILE = new Duration(MINUTES, 1);

  /** A call to a cache. */
  private interface Use extends Consumer<Cache<String, String>> {}

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @MethodSource({
    "eternal",
    "sameDurationForCreationAndUpdate",
    "counted",
    "creationOnly",
    "access",
    "touch",
    "exactAccess",
    "customPolicy",
    "listener",
    "writer",
    "loader",
    "bulk"
  })
  void takesSoManyRoundTrips(
      MutableConfiguration<String, String> configuration, Use use, List<String> expected) {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open(configuration);
      cache.put("there", "old");
      caches.clock().advance(java.time.Duration.ofSeconds(1));
      caches.counting().reset();

      use.accept(cache);

      assertThat(caches.counting().roundTrips()).isEqualTo(expected);
    }
  }

  static Stream<Arguments> eternal() {
    Column column = new Column("eternal", new MutableConfiguration<>());
    return Stream.of(
        column.use("get", c -> c.get("there"), "Get"),
        column.use("get absent", c -> c.get("absent"), "Get"),
        column.use("containsKey", c -> c.containsKey("there"), "Get"),
        column.use("put", c -> c.put("there", "new"), "Set"),
        column.use("getAndPut", c -> c.getAndPut("there", "new"), "Get", "CompareAndSet"),
        column.use("getAndPut absent", c -> c.getAndPut("absent", "new"), "Get", "Add"),
        // What is in the way may be no entry.
        column.use("putIfAbsent", c -> c.putIfAbsent("there", "new"), "Add", "Get"),
        column.use("putIfAbsent absent", c -> c.putIfAbsent("absent", "new"), "Add"),
        column.use("replace", c -> c.replace("there", "new"), "Get", "CompareAndSet"),
        column.use("replace absent", c -> c.replace("absent", "new"), "Get"),
        column.use("replace equal", c -> c.replace("there", "old", "n"), "Get", "CompareAndSet"),
        column.use("replace unequal", c -> c.replace("there", "x", "n"), "Get"),
        column.use("getAndReplace", c -> c.getAndReplace("there", "n"), "Get", "CompareAndSet"),
        column.use("getAndReplace absent", c -> c.getAndReplace("absent", "n"), "Get"),
        column.use("remove", c -> c.remove("there"), "Get", "CompareAndDelete"),
        column.use("remove absent", c -> c.remove("absent"), "Get"),
        column.use("remove equal", c -> c.remove("there", "old"), "Get", "CompareAndDelete"),
        column.use("remove unequal", c -> c.remove("there", "x"), "Get"),
        column.use("getAndRemove", c -> c.getAndRemove("there"), "Get", "CompareAndDelete"),
        column.use("getAndRemove absent", c -> c.getAndRemove("absent"), "Get"),
        column.use("invoke reading", RoundTripsTest::read, "Get"),
        column.use("invoke setting", RoundTripsTest::set, "Get", "CompareAndSet"),
        column.use("removeAll()", Cache::removeAll, "Scan", "Delete"),
        column.use("clear", Cache::clear, "Scan", "Delete"),
        column.use("iteration", RoundTripsTest::iterate, "Scan", "Get"),
        column.use("iterator's remove", RoundTripsTest::iterateAndRemove, "Scan", "Get", "Delete"));
  }

  static Stream<Arguments> sameDurationForCreationAndUpdate() {
    Column column = Column.expiring("modified expiry", new ModifiedExpiryPolicy(WHILE));
    return Stream.of(
        column.use("get", c -> c.get("there"), "Get"),
        column.use("put", c -> c.put("there", "new"), "Set"),
        column.use("putIfAbsent", c -> c.putIfAbsent("there", "new"), "Add", "Get"),
        column.use("putIfAbsent absent", c -> c.putIfAbsent("absent", "new"), "Add"),
        column.use("replace", c -> c.replace("there", "new"), "Get", "CompareAndSet"),
        column.use("replace absent", c -> c.replace("absent", "new"), "Get"),
        column.use("remove", c -> c.remove("there"), "Get", "CompareAndDelete"),
        column.use("remove absent", c -> c.remove("absent"), "Get"),
        column.use("removeAll()", Cache::removeAll, "Scan", "Delete"),
        column.use("clear", Cache::clear, "Scan", "Delete"));
  }

  static Stream<Arguments> counted() {
    Column column =
        new Column(
            "statistics", new MutableConfiguration<String, String>().setStatisticsEnabled(true));
    return Stream.of(
        column.use("put", c -> c.put("there", "new"), "Set"),
        column.use("putIfAbsent absent", c -> c.putIfAbsent("absent", "new"), "Add"),
        column.use("removeAll(keys)", c -> c.removeAll(Set.of("there")), "Get", "CompareAndDelete"),
        column.use("removeAll(keys) absent", c -> c.removeAll(Set.of("absent")), "Get"),
        column.use("removeAll()", Cache::removeAll, "Scan", "Get", "CompareAndDelete"),
        column.use(
            "iterator's remove",
            RoundTripsTest::iterateAndRemove,
            "Scan",
            "Get",
            "Get",
            "CompareAndDelete"));
  }

  static Stream<Arguments> creationOnly() {
    Column column = Column.expiring("created expiry", new CreatedExpiryPolicy(WHILE));
    return Stream.of(
        column.use("get", c -> c.get("there"), "Get"),
        column.use("put", c -> c.put("there", "new"), "Get", "CompareAndSet"),
        column.use("put absent", c -> c.put("absent", "new"), "Get", "Add"),
        column.use("putIfAbsent absent", c -> c.putIfAbsent("absent", "new"), "Add"));
  }

  static Stream<Arguments> access() {
    Column column = Column.expiring("access expiry", new AccessedExpiryPolicy(WHILE));
    return Stream.of(
        column.use("get", c -> c.get("there"), "TouchingGet"),
        column.use("get absent", c -> c.get("absent"), "TouchingGet"),
        column.use("getAll", c -> c.getAll(Set.of("there", "absent")), "2 TouchingGet"),
        column.use("getAll(500)", c -> c.getAll(keys(500)), "500 TouchingGet"),
        column.use("containsKey", c -> c.containsKey("there"), "Get"),
        column.use("put", c -> c.put("there", "new"), "Get", "CompareAndSet"),
        column.use("putIfAbsent absent", c -> c.putIfAbsent("absent", "new"), "Add"),
        column.use("remove unequal", c -> c.remove("there", "x"), "Get", "CompareAndSet"),
        column.use("invoke reading", RoundTripsTest::read, "Get", "CompareAndSet"),
        column.use("iteration", RoundTripsTest::iterate, "Scan", "Get", "CompareAndSet"));
  }

  static Stream<Arguments> touch() {
    Column column = Column.expiring("touched expiry", new TouchedExpiryPolicy(WHILE));
    return Stream.of(
        column.use("get", c -> c.get("there"), "TouchingGet"),
        column.use("put", c -> c.put("there", "new"), "Set"),
        column.use("putIfAbsent absent", c -> c.putIfAbsent("absent", "new"), "Add"),
        column.use("getAndPut", c -> c.getAndPut("there", "new"), "Get", "CompareAndSet"));
  }

  /** Less than a minute, or a listener for the event. */
  static Stream<Arguments> exactAccess() {
    Column soon = Column.expiring("59 s", new AccessedExpiryPolicy(new Duration(SECONDS, 59)));
    Column observed = Column.expiring("observed", new AccessedExpiryPolicy(WHILE));
    observed
        .configuration()
        .addCacheEntryListenerConfiguration(new RecordingListener().synchronous());
    return Stream.of(soon, observed)
        .flatMap(
            column ->
                Stream.of(
                    column.use("get", c -> c.get("there"), "Get", "CompareAndSet"),
                    column.use(
                        "getAll",
                        c -> c.getAll(Set.of("there", "absent")),
                        "2 Get",
                        "CompareAndSet"),
                    column.use("put", c -> c.put("there", "new"), "Get", "CompareAndSet")));
  }

  static Stream<Arguments> customPolicy() {
    Column column = Column.expiring("custom policy", new AlwaysAWhile());
    return Stream.of(
        column.use("get", c -> c.get("there"), "Get", "CompareAndSet"),
        column.use("get absent", c -> c.get("absent"), "Get"),
        column.use("containsKey", c -> c.containsKey("there"), "Get"),
        column.use("put", c -> c.put("there", "new"), "Get", "CompareAndSet"),
        column.use("put absent", c -> c.put("absent", "new"), "Get", "Add"),
        column.use("putIfAbsent", c -> c.putIfAbsent("there", "new"), "Get"),
        column.use("putIfAbsent absent", c -> c.putIfAbsent("absent", "new"), "Get", "Add"),
        column.use("remove unequal", c -> c.remove("there", "x"), "Get", "CompareAndSet"),
        column.use("replace unequal", c -> c.replace("there", "x", "n"), "Get", "CompareAndSet"),
        column.use("invoke reading", RoundTripsTest::read, "Get", "CompareAndSet"),
        column.use("iteration", RoundTripsTest::iterate, "Scan", "Get", "CompareAndSet"));
  }

  static Stream<Arguments> listener() {
    Column column =
        new Column(
            "listener",
            new MutableConfiguration<String, String>()
                .addCacheEntryListenerConfiguration(new RecordingListener().synchronous()));
    return Stream.of(
        column.use("get", c -> c.get("there"), "Get"),
        column.use("put", c -> c.put("there", "new"), "Get", "CompareAndSet"),
        column.use("put absent", c -> c.put("absent", "new"), "Get", "Add"),
        column.use("putIfAbsent", c -> c.putIfAbsent("there", "new"), "Get"),
        column.use("putIfAbsent absent", c -> c.putIfAbsent("absent", "new"), "Get", "Add"),
        column.use("replace", c -> c.replace("there", "new"), "Get", "CompareAndSet"),
        column.use("remove", c -> c.remove("there"), "Get", "CompareAndDelete"),
        column.use("remove absent", c -> c.remove("absent"), "Get"),
        column.use("removeAll()", Cache::removeAll, "Scan", "Get", "CompareAndDelete"),
        column.use("clear", Cache::clear, "Scan", "Delete"));
  }

  static Stream<Arguments> writer() {
    Column column = new Column("writer", new RecordingWriter().configuration());
    return Stream.of(
        column.use("get", c -> c.get("there"), "Get"),
        column.use("put", c -> c.put("there", "new"), "Get", "CompareAndSet"),
        column.use("put absent", c -> c.put("absent", "new"), "Get", "Add"),
        column.use("putIfAbsent", c -> c.putIfAbsent("there", "new"), "Get"),
        column.use("replace absent", c -> c.replace("absent", "new"), "Get"),
        // A removal leaves a tombstone.
        column.use("remove", c -> c.remove("there"), "Get", "CompareAndSet"),
        column.use("remove absent", c -> c.remove("absent"), "Get", "Add"),
        column.use("getAndRemove", c -> c.getAndRemove("there"), "Get", "CompareAndSet"),
        column.use("removeAll()", Cache::removeAll, "Scan", "Get", "CompareAndSet"),
        column.use(
            "iterator's remove",
            RoundTripsTest::iterateAndRemove,
            "Scan",
            "Get",
            "Get",
            "CompareAndSet"),
        column.use("clear", Cache::clear, "Scan", "Delete"));
  }

  static Stream<Arguments> loader() {
    Column column = new Column("loader", new RecordingLoader().configuration());
    return Stream.of(
        column.use("get", c -> c.get("there"), "Get"),
        column.use("get absent", c -> c.get("absent"), "Get", "Claim", "CompareAndSet"),
        column.use(
            "getAll",
            c -> c.getAll(Set.of("there", "a", "b")),
            "3 Get",
            "2 Claim",
            "2 CompareAndSet"),
        column.use("containsKey absent", c -> c.containsKey("absent"), "Get"),
        column.use("put", c -> c.put("there", "new"), "Set"),
        column.use("invoke reading", RoundTripsTest::read, "Get"));
  }

  static Stream<Arguments> bulk() {
    Column plain = new Column("eternal", new MutableConfiguration<>());
    Column custom = Column.expiring("custom policy", new AlwaysAWhile());
    Column writer = new Column("writer", new RecordingWriter().configuration());
    return Stream.of(
        plain.use("getAll(100)", c -> c.getAll(keys(100)), "100 Get"),
        plain.use("getAll(1200)", c -> c.getAll(keys(1200)), "500 Get", "500 Get", "200 Get"),
        plain.use("putAll(100)", c -> c.putAll(entries(100)), "100 Set"),
        plain.use("putAll(1200)", c -> c.putAll(entries(1200)), "500 Set", "500 Set", "200 Set"),
        plain.use("removeAll(100)", c -> c.removeAll(keys(100)), "100 Delete"),
        plain.use("invokeAll(100)", RoundTripsTest::setAll, "100 Get", "100 Add"),
        plain.use("nothing", c -> c.getAll(Set.of())),
        custom.use("putAll(100)", c -> c.putAll(entries(100)), "100 Get", "100 Add"),
        custom.use("removeAll(100)", c -> c.removeAll(keys(100)), "100 Delete"),
        writer.use("putAll(100)", c -> c.putAll(entries(100)), "100 Get", "100 Add"));
  }

  private static void read(Cache<String, String> cache) {
    cache.invoke("there", (entry, arguments) -> entry.getValue());
  }

  private static void set(Cache<String, String> cache) {
    cache.invoke("there", RoundTripsTest::setNew);
  }

  private static void setAll(Cache<String, String> cache) {
    cache.invokeAll(keys(100), RoundTripsTest::setNew);
  }

  private static Void setNew(MutableEntry<String, String> entry, Object... arguments) {
    entry.setValue("new");
    return null;
  }

  private static void iterate(Cache<String, String> cache) {
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    while (entries.hasNext()) {
      assertThat(entries.next().getKey()).isEqualTo("there");
    }
  }

  private static void iterateAndRemove(Cache<String, String> cache) {
    Iterator<Cache.Entry<String, String>> entries = cache.iterator();
    entries.next();
    entries.remove();
  }

  private static Set<String> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> "k" + i).collect(Collectors.toSet());
  }

  private static Map<String, String> entries(int count) {
    Map<String, String> entries = new HashMap<>();
    keys(count).forEach(key -> entries.put(key, "new"));
    return entries;
  }

  /** One column of the table: a kind of cache. */
  private record Column(String name, MutableConfiguration<String, String> configuration) {

    static Column expiring(String name, ExpiryPolicy policy) {
      return new Column(
          name,
          new MutableConfiguration<String, String>()
              .setExpiryPolicyFactory(new SingletonFactory<>(policy)));
    }

    Arguments use(String what, Use use, String... roundTrips) {
      return Arguments.of(Named.of(name, configuration), Named.of(what, use), List.of(roundTrips));
    }
  }

  /** A policy that the provider does not know, with a duration that differs from call to call. */
  private static final class AlwaysAWhile implements ExpiryPolicy {

    @Override
    public Duration getExpiryForCreation() {
      return WHILE;
    }

    @Override
    public Duration getExpiryForAccess() {
      return new Duration(MINUTES, 2);
    }

    @Override
    public Duration getExpiryForUpdate() {
      return new Duration(MINUTES, 3);
    }
  }
}
