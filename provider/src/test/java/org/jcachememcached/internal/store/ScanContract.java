package org.jcachememcached.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys a scan must return. */
interface ScanContract {

  /** The store under test. */
  ItemStore store();

  /** Speaks to the store under test. */
  StoreDriver driver();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 40, 41, 1000})
  default void scanReturnsEveryKeyOnceInPages(int pageSize) {
    List<String> keys = driver().storeEntries(40);

    assertThat(driver().scan(driver().prefix(), pageSize))
        .containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  default void scanReturnsOnlyKeysBelowThePrefix() {
    List.of("a:1", "a:2", "a", "b:a:1", "ab:1", "A:1")
        .forEach(k -> driver().set(driver().key(k), k));
    driver().set("inside:" + driver().key("a:1"), "value");

    assertThat(driver().scan(driver().key("a:"), 10))
        .containsExactlyInAnyOrder(driver().key("a:1"), driver().key("a:2"));
  }

  @Test
  default void scanReturnsNothingWhereNothingIs() {
    driver().set(driver().key("removed"), "value");
    driver().send(new Command.Delete(driver().key("removed")));

    assertThat(driver().scan(driver().prefix(), 10)).isEmpty();
  }

  @Test
  default void scanReturnsKeysAsTheyAre() {
    List<String> keys = driver().keysOfAllPrintableCharacters();
    keys.forEach(key -> driver().set(key, "value"));

    assertThat(driver().scan(driver().prefix(), 10)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(driver().scan(driver().key("a%20"), 10)).containsExactly(driver().key("a%20b"));
  }

  @Test
  default void scanReturnsKeysThatStayOnceWhileOthersComeAndGo() {
    List<String> stable = driver().storeEntries(300);
    List<String> seen = new ArrayList<>();

    try (KeyScan scan = store().scan(driver().prefix())) {
      List<String> page = scan.nextPage(10);
      for (int i = 0; !page.isEmpty(); i++) {
        seen.addAll(page);
        driver().set(driver().key("new" + i), "value");
        driver().send(new Command.Delete(driver().key("new" + (i - 2))));
        driver().set(stable.get(i), "changed");
        page = scan.nextPage(10);
      }
    }

    assertThat(seen).doesNotHaveDuplicates().containsAll(stable);
  }

  @Test
  default void scansDoNotDisturbEachOther() {
    List<String> keys = driver().storeEntries(40);

    try (KeyScan abandoned = store().scan(driver().prefix())) {
      assertThat(abandoned.nextPage(10)).hasSize(10);
      assertThat(driver().scan(driver().prefix(), 10)).containsExactlyInAnyOrderElementsOf(keys);
    }

    assertThat(driver().scan(driver().prefix(), 10)).containsExactlyInAnyOrderElementsOf(keys);
  }
}
