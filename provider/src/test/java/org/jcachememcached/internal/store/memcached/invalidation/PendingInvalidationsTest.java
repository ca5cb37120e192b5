package org.jcachememcached.internal.store.memcached.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PendingInvalidationsTest {

  private final PendingInvalidations both = new PendingInvalidations(3, 2);
  private final PendingInvalidations.Part pending = both.part(0);

  @Test
  void givesTheOldestFirst() {
    add("a:1", "a:2", "a:3");
    add("a:1");

    assertThat(pending.take(2))
        .extracting(PendingInvalidations.Entry::key)
        .containsExactly("a:1", "a:2");
    assertThat(pending.take(2)).extracting(PendingInvalidations.Entry::key).containsExactly("a:3");
    assertThat(pending.take(2)).isEmpty();
  }

  @Test
  void countsWhatIsAddedToAnyPart() {
    long before = both.additions();
    pending.take(1);
    assertThat(both.additions()).isEqualTo(before);

    add("a:1");
    long afterKey = both.additions();
    both.part(1).addPrefix("b:");

    assertThat(afterKey).isNotEqualTo(before);
    assertThat(both.additions()).isNotEqualTo(afterKey);
  }

  @Test
  void notesKeyAgainThatWasTaken() {
    add("a:1");
    pending.take(1);

    add("a:1");

    assertThat(pending.size()).isEqualTo(1);
  }

  @Test
  void keepsPrefixesOnlyWhenThereAreTooManyKeys() {
    add("a:1", "b:1", "a:2", "a:3");

    assertThat(pending.size()).isZero();
    assertThat(both.overflows()).isEqualTo(1);
    assertThat(pending.takePrefixes()).containsExactly("a:", "b:");
    assertThat(pending.hasPrefixes()).isFalse();
  }

  @Test
  void notesNoKeyBelowPrefixThatGoesAnyway() {
    add("a:1", "a:2", "a:3", "a:4");

    add("a:5", "b:1");

    assertThat(pending.take(9)).extracting(PendingInvalidations.Entry::key).containsExactly("b:1");
  }

  @Test
  void notesKeysBelowPrefixThatWasTaken() {
    add("a:1", "a:2", "a:3", "a:4");
    pending.takePrefixes();

    add("a:5");

    assertThat(pending.size()).isEqualTo(1);
  }

  @Test
  void prefixTakesThePlaceOfItsKeys() {
    add("a:1", "b:1");

    pending.addPrefix("a:");

    assertThat(pending.take(9)).extracting(PendingInvalidations.Entry::key).containsExactly("b:1");
  }

  @Test
  void isFullForAllPartsAtOnce() {
    add("a:1", "a:2");
    PendingInvalidations.Part other = both.part(1);

    other.add(new PendingInvalidations.Entry("b:", "b:1"));
    assertThat(pending.hasRoom()).isFalse();
    other.add(new PendingInvalidations.Entry("b:", "b:2"));

    assertThat(pending.size()).isZero();
    assertThat(pending.takePrefixes()).containsExactly("a:", "b:");
    assertThat(other.takePrefixes()).containsExactly("a:", "b:");
    assertThat(both.overflows()).isEqualTo(1);
  }

  private void add(String... keys) {
    for (String key : keys) {
      pending.add(new PendingInvalidations.Entry(key.substring(0, 2), key));
    }
  }
}
