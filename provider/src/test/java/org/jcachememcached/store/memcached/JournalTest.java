package org.jcachememcached.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JournalTest {

  private final Journal both = new Journal(3, 2);
  private final Journal.Part journal = both.part(0);

  @Test
  void givesTheOldestFirst() {
    add("a:1", "a:2", "a:3");
    add("a:1");

    assertThat(journal.take(2)).extracting(Journal.Entry::key).containsExactly("a:1", "a:2");
    assertThat(journal.take(2)).extracting(Journal.Entry::key).containsExactly("a:3");
    assertThat(journal.take(2)).isEmpty();
  }

  @Test
  void notesKeyAgainThatWasTaken() {
    add("a:1");
    journal.take(1);

    add("a:1");

    assertThat(journal.size()).isEqualTo(1);
  }

  @Test
  void keepsPrefixesOnlyWhenThereAreTooManyKeys() {
    add("a:1", "b:1", "a:2", "a:3");

    assertThat(journal.size()).isZero();
    assertThat(both.overflows()).isEqualTo(1);
    assertThat(journal.takePrefixes()).containsExactly("a:", "b:");
    assertThat(journal.hasPrefixes()).isFalse();
  }

  @Test
  void notesNoKeyBelowPrefixThatGoesAnyway() {
    add("a:1", "a:2", "a:3", "a:4");

    add("a:5", "b:1");

    assertThat(journal.take(9)).extracting(Journal.Entry::key).containsExactly("b:1");
  }

  @Test
  void notesKeysBelowPrefixThatWasTaken() {
    add("a:1", "a:2", "a:3", "a:4");
    journal.takePrefixes();

    add("a:5");

    assertThat(journal.size()).isEqualTo(1);
  }

  @Test
  void prefixTakesThePlaceOfItsKeys() {
    add("a:1", "b:1");

    journal.addPrefix("a:");

    assertThat(journal.take(9)).extracting(Journal.Entry::key).containsExactly("b:1");
  }

  @Test
  void isFullForAllPartsAtOnce() {
    add("a:1", "a:2");
    Journal.Part other = both.part(1);

    other.add(new Journal.Entry("b:", "b:1"));
    assertThat(journal.hasRoom()).isFalse();
    other.add(new Journal.Entry("b:", "b:2"));

    assertThat(journal.size()).isZero();
    assertThat(journal.takePrefixes()).containsExactly("a:", "b:");
    assertThat(other.takePrefixes()).containsExactly("a:", "b:");
    assertThat(both.overflows()).isEqualTo(1);
  }

  private void add(String... keys) {
    for (String key : keys) {
      journal.add(new Journal.Entry(key.substring(0, 2), key));
    }
  }
}
