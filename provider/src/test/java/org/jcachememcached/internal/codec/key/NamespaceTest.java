package org.jcachememcached.internal.codec.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Samples.forAll;

import java.util.List;
import org.jcachememcached.internal.codec.Codecs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          orders | user              | orders:user:
          ""     | user              | :user:
          user   | ""                | user::
          ""     | ""                | ::
          a:b    | c                 | a%3Ab:c:
          a      | b:c               | a:b%3Ac:
          a      | new cache         | a:new%20cache:
          a      | x.y(a,b)$C##1     | a:x.y%28a%2Cb%29%24C%23%231:
          100%25 | é~                | 100%2525:%C3%A9%7E:
          """)
  void namesAreReadableWhereTheyCanBe(String application, String cache, String prefix) {
    assertThat(Codecs.namespace(application, cache).prefix()).isEqualTo(prefix);
  }

  @Test
  void lineBreaksAndLoneSurrogatesAreEscaped() {
    assertThat(Codecs.namespace("", "a\r\nb\uD83Dc").prefix()).isEqualTo(":a%0D%0Ab%uD83Dc:");
    assertThat(Codecs.namespace("", "\uD83D\uDE00").prefix()).isEqualTo(":%F0%9F%98%80:");
  }

  @Test
  void longNamesAreShortenedByTheirHash() {
    String name = "n".repeat(9_999);
    String prefix = Codecs.namespace("", name + "a").prefix();

    assertThat(prefix).matches(":n{45}~[A-Za-z0-9_-]{43}:");
    assertThat(Codecs.namespace("", name + "b").prefix()).isNotEqualTo(prefix);
  }

  @Test
  void aShortenedNameDoesNotEndInHalfAnEscape() {
    assertThat(Codecs.namespace("", "n".repeat(43) + "é".repeat(30)).prefix())
        .matches(":n{43}~[A-Za-z0-9_-]{43}:");
  }

  @Test
  void aPartLiesWithinItsNamespace() {
    Namespace namespace = Codecs.namespace("orders", "user");

    assertThat(namespace.part("-----------").prefix()).isEqualTo("orders:user:-----------:");
    assertThat(namespace.part("a:b").prefix()).isEqualTo("orders:user:a%3Ab:");
  }

  @ParameterizedTest
  @CsvSource({
    "{application}:{cache}:, orders:u%20r:",
    "{cache}/,               u%20r/",
    "user:,                  user:",
    "v2|{cache}|{cache}.,    v2|u%20r|u%20r.",
  })
  void aPatternMakesThePrefix(String pattern, String prefix) {
    assertThat(Namespace.of(pattern, "orders", "u r").prefix()).isEqualTo(prefix);
  }

  @Test
  void aNameCannotBringInAnotherPlaceholder() {
    assertThat(Namespace.of("{application}:", "{cache}", "c").prefix()).isEqualTo("%7Bcache%7D:");
  }

  @Test
  void aPrefixThatIsTooLongIsRefused() {
    String name = "n".repeat(60);

    assertThat(Namespace.of("{cache}{cache}{cache}", "", name).prefix()).hasSize(180);
    assertThatThrownBy(() -> Namespace.of("{cache}{cache}{cache}:", "", name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("key.prefix", "{cache}{cache}{cache}:", "181", "180");
  }

  @ParameterizedTest
  @CsvSource({"a:, a:, true", "a:, a:b:, true", "a:, ab:, false", "a:b:, a:c:, false"})
  void namespacesOverlapWhenOnePrefixBeginsWithTheOther(
      String one, String other, boolean overlaps) {
    Namespace first = Namespace.of(one, "", "");
    Namespace second = Namespace.of(other, "", "");

    assertThat(first.overlaps(second)).isEqualTo(overlaps);
    assertThat(second.overlaps(first)).isEqualTo(overlaps);
  }

  @Test
  void noPrefixBeginsWithAnother() {
    forAll(
        samples ->
            noPrefixBeginsWithAnother(
                samples.text(200), samples.text(200), samples.text(200), samples.text(200)));
  }

  private static void noPrefixBeginsWithAnother(
      String application, String cache, String otherApplication, String otherCache) {
    String prefix = Codecs.namespace(application, cache).prefix();
    String other = Codecs.namespace(otherApplication, otherCache).prefix();

    assertThat(prefix).matches("[\\x21-\\x7e]{2,180}");
    assertThat(prefix.startsWith(other))
        .isEqualTo(application.equals(otherApplication) && cache.equals(otherCache));
  }

  @Test
  void theLongestPrefixHas180Characters() {
    assertThat(Codecs.namespace("a".repeat(89), "b".repeat(10_000)).prefix())
        .hasSizeLessThanOrEqualTo(180);
    assertThat(Codecs.namespace("a".repeat(89), "b".repeat(89)).prefix()).hasSize(180);
  }

  @Test
  void noCacheIsWhereTheTagsAre() {
    assertThat(Namespace.ofTags("").prefix()).isEqualTo("~tags::");
    assertThat(Namespace.ofTags("a:b").prefix()).isEqualTo("~tags:a%3Ab:");
    assertThat(Namespace.encode("\r\n~")).isEqualTo("%0D%0A%7E");
    // Neither below it nor above it.
    for (String pattern : List.of("~", "~tags:", "~tags:{application}:", "{application}{cache}")) {
      assertThatThrownBy(() -> Namespace.of(pattern, "", ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("key.prefix")
          .hasMessageContaining("~tags:");
    }
    assertThat(Namespace.of("~x", "", "").prefix()).isEqualTo("~x");
  }
}
