package org.jcachememcached;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.api.EntryOptions.expireAfter;
import static org.jcachememcached.api.EntryOptions.tagged;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tags of entries, the same on every engine that stores anything. */
abstract class TagsContract {

  private MemcachedCache<String, String> cache;
  private MemcachedCacheManager manager;

  /** A cache without entries, or another one with the same entries. */
  abstract <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration);

  /** Lets time pass. */
  abstract void pass(Duration time);

  @BeforeEach
  void open() {
    cache = open(new MutableConfiguration<>());
    manager = requireNonNull(cache.getCacheManager()).unwrap(MemcachedCacheManager.class);
  }

  @SuppressWarnings("unchecked")
  private MemcachedCache<String, String> open(MutableConfiguration<String, String> configuration) {
    return create(configuration).unwrap(MemcachedCache.class);
  }

  @Test
  void anInvalidTagMakesItsEntriesAbsent() {
    cache.put("a", "1", tagged("t", "other"));
    cache.put("b", "2", tagged("other"));
    cache.put("c", "3");

    manager.invalidateTag("t");

    assertThat(cache.get("a")).isNull();
    assertThat(cache.get("b")).isEqualTo("2");
    assertThat(cache.get("c")).isEqualTo("3");
  }

  @Test
  void severalTagsAreInvalidatedAtOnce() {
    cache.put("a", "1", tagged("t"));
    cache.put("b", "2", tagged("u"));
    cache.put("c", "3", tagged("v"));

    manager.invalidateTags(Set.of("t", "u", "unused"));
    manager.invalidateTags(Set.of());

    assertThat(cache.getAll(Set.of("a", "b", "c"))).isEqualTo(Map.of("c", "3"));
  }

  @Test
  void everyWriteWithOptionsStoresTags() {
    cache.putAll(Map.of("a", "1", "b", "1"), tagged("t"));
    cache.putIfAbsent("c", "1", tagged("t"));
    cache.put("d", "0");
    cache.replace("d", "1", tagged("t"));
    cache.getOrCompute("e", key -> "1", tagged("t"));
    cache.put("f", "1", expireAfter(Duration.ofHours(1)).withTags("t"));
    assertThat(cache.getAll(Set.of("a", "b", "c", "d", "e", "f")).values())
        .hasSize(6)
        .containsOnly("1");

    manager.invalidateTag("t");

    assertThat(cache.getAll(Set.of("a", "b", "c", "d", "e", "f"))).isEmpty();
  }

  @Test
  void aWriteWithoutTagsStoresNone() {
    List<String> keys = List.of("a", "b", "c", "d", "e");
    keys.forEach(key -> cache.put(key, "1", tagged("t")));

    cache.put("a", "2");
    cache.replace("b", "2");
    cache.replace("c", "1", "2");
    cache.getAndPut("d", "2");
    cache.invoke(
        "e",
        (entry, arguments) -> {
          entry.setValue(entry.getValue() + 1);
          return null;
        });
    manager.invalidateTag("t");

    assertThat(cache.getAll(Set.copyOf(keys)))
        .isEqualTo(Map.of("a", "2", "b", "2", "c", "2", "d", "2", "e", "11"));
  }

  @Test
  void aTouchKeepsTheTags() {
    cache.put("a", "1", tagged("t"));
    cache.put("b", "1", tagged("t"));

    assertThat(cache.touch("a", Duration.ofSeconds(30))).isTrue();
    assertThat(cache.touch("b", Duration.ofHours(1))).isTrue();
    assertThat(cache.get("a")).isEqualTo("1");
    manager.invalidateTag("t");

    assertThat(cache.get("a")).isNull();
    assertThat(cache.touch("b", Duration.ofHours(1))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("deadlines")
  void anAccessKeepsTheTags(javax.cache.expiry.Duration duration) {
    MemcachedCache<String, String> touched =
        open(
            new MutableConfiguration<String, String>()
                .setExpiryPolicyFactory(new SingletonFactory<>(new TouchedExpiryPolicy(duration))));
    touched.put("k", "1", tagged("t"));
    assertThat(touched.get("k")).isEqualTo("1");

    manager.invalidateTag("t");

    assertThat(touched.get("k")).isNull();
  }

  /** An exact one, and one that the server keeps. */
  static List<javax.cache.expiry.Duration> deadlines() {
    return List.of(
        new javax.cache.expiry.Duration(TimeUnit.SECONDS, 30),
        javax.cache.expiry.Duration.ONE_HOUR);
  }

  @Test
  void whatIsAbsentByATagIsAbsentForAllCalls() {
    List<String> keys = IntStream.range(0, 13).mapToObj(i -> "k" + i).toList();
    keys.forEach(key -> cache.put(key, "old", tagged("t")));
    manager.invalidateTag("t");

    assertThat(cache).isEmpty();
    assertThat(cache.containsKey("k0")).isFalse();
    assertThat(cache.getAndPut("k1", "new")).isNull();
    assertThat(cache.putIfAbsent("k2", "new")).isTrue();
    assertThat(cache.replace("k3", "new")).isFalse();
    assertThat(cache.replace("k4", "old", "new")).isFalse();
    assertThat(cache.getAndReplace("k5", "new")).isNull();
    assertThat(cache.remove("k6")).isFalse();
    assertThat(cache.remove("k7", "old")).isFalse();
    assertThat(cache.getAndRemove("k8")).isNull();
    assertThat(cache.<Boolean>invoke("k9", (entry, arguments) -> entry.exists())).isFalse();
    assertThat(cache.getVersioned("k10")).isNull();
    assertThat(cache.getOrCompute("k11", key -> "new")).isEqualTo("new");
    assertThat(cache.append("k12", "new")).isFalse();
    assertThat(cache.getAll(Set.copyOf(keys)))
        .isEqualTo(Map.of("k1", "new", "k2", "new", "k11", "new"));
  }

  @Test
  void anAbsentEntryStaysSoWhenTheTagIsUsedAgain() {
    cache.put("a", "1", tagged("t"));
    manager.invalidateTag("t");

    cache.put("b", "2", tagged("t"));

    assertThat(cache.get("a")).isNull();
    assertThat(cache.get("b")).isEqualTo("2");
  }

  @Test
  void aValueIsAbsentWhoseTagIsInvalidatedWhileItIsComputed() {
    for (int i = 0; i < 2; i++) {
      String computed =
          cache.getOrCompute(
              "k",
              key -> {
                manager.invalidateTag("t");
                return "computed";
              },
              tagged("t"));

      assertThat(computed).isEqualTo("computed");
      assertThat(cache.get("k")).isNull();
    }
  }

  @Test
  void aHitOfGetOrComputeNeedsNoTags() {
    cache.put("k", "untagged");

    assertThat(cache.getOrCompute("k", key -> "computed", tagged("t"))).isEqualTo("untagged");
    manager.invalidateTag("t");
    assertThat(cache.get("k")).isEqualTo("untagged");
  }

  @Test
  void iterationSkipsWhatIsAbsent() {
    cache.put("a", "1", tagged("t"));
    cache.put("b", "2", tagged("u"));
    manager.invalidateTag("t");

    List<String> keys = new ArrayList<>();
    cache.forEach(entry -> keys.add(entry.getKey()));
    assertThat(keys).containsExactly("b");
    cache.removeAll();
    assertThat(cache).isEmpty();
  }

  /** Names in any form, and how many of them differ. */
  @Test
  void tagsMayHaveAnyCharacters() {
    List<String> tags =
        List.of(
            "",
            " ",
            "\r\n",
            "a b",
            "a%20b",
            "\uD83D\uDE00",
            "\uD83D",
            "~",
            ":",
            "*",
            "T",
            "t",
            "x".repeat(10_000),
            "x".repeat(9_999) + "y");
    for (String tag : tags) {
      cache.put(tag, "v", tagged(tag));
    }
    for (int i = 0; i < tags.size(); i++) {
      assertThat(cache.get(tags.get(i))).isEqualTo("v");
      manager.invalidateTag(tags.get(i));
      assertThat(cache.getAll(Set.copyOf(tags)).keySet())
          .containsExactlyInAnyOrderElementsOf(tags.subList(i + 1, tags.size()));
    }
  }

  @Test
  void anEntryMayHaveManyLongTags() {
    String[] tags =
        IntStream.range(0, EntryOptions.MAX_TAGS)
            .mapToObj(i -> "long ".repeat(1000) + i)
            .toArray(String[]::new);
    cache.put("k", "v", tagged(tags));
    assertThat(cache.get("k")).isEqualTo("v");

    manager.invalidateTag(tags[tags.length - 1]);

    assertThat(cache.get("k")).isNull();
  }

  @Test
  void clearFindsNoTags() {
    cache.put("k", "v", tagged("t"));
    cache.clear();
    cache.put("k", "v", tagged("t"));

    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void aPutOverAnAbsentEntryCreates() {
    RecordingListener listener = new RecordingListener();
    MemcachedCache<String, String> observed =
        open(
            new MutableConfiguration<String, String>()
                .addCacheEntryListenerConfiguration(listener.synchronous()));
    observed.put("k", "1", tagged("t"));
    manager.invalidateTag("t");

    assertThat(observed.get("k")).isNull();
    observed.put("k", "2", tagged("t"));

    assertThat(observed.get("k")).isEqualTo("2");
    assertThat(listener.events()).containsExactly("CREATED k=1", "CREATED k=2");
    observed.removeAll();
    assertThat(observed).isEmpty();
  }

  @Test
  void aCacheWithAWriterStoresTags() {
    RecordingWriter writer = new RecordingWriter();
    MemcachedCache<String, String> writing = open(writer.configuration());
    writing.put("k", "1", tagged("t"));
    assertThat(writing.get("k")).isEqualTo("1");

    manager.invalidateTag("t");

    assertThat(writing.get("k")).isNull();
    assertThat(writer.calls()).containsExactly("write k=1");
  }

  @Test
  void withTagsKeepsTheExpiry() {
    cache.put("k", "v", expireAfter(Duration.ofSeconds(2)).withTags("t"));
    assertThat(cache.get("k")).isEqualTo("v");

    pass(Duration.ofSeconds(2));

    assertThat(cache.get("k")).isNull();
  }

  @Test
  @SuppressWarnings("NullAway") // That null is refused is what is tested.
  void invalidTagsAreNamed() {
    String[] many = IntStream.range(0, 65).mapToObj(i -> "t" + i).toArray(String[]::new);

    assertThatThrownBy(() -> tagged(many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The entry is to have 65 tags; at most 64 are allowed");
    assertThatNullPointerException().isThrownBy(() -> tagged("a", null));
    assertThatNullPointerException().isThrownBy(() -> manager.invalidateTag(null));
    assertThat(tagged("a", "a", "b").tags()).isEqualTo(Set.of("a", "b"));
  }
}
