package org.jcachememcached.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What must be gone after an invalidation, and what not. */
interface InvalidationContract {

  /** The store under test. */
  ItemStore store();

  /** Speaks to the store under test. */
  StoreDriver driver();

  @Test
  default void invalidationRemovesItsKeysSoon() {
    List<String> keys = driver().storeEntries(3000);
    List<String> removed = keys.subList(0, 2500);

    store().invalidate(driver().prefix(), removed);

    await().until(() -> removed.stream().noneMatch(driver()::has));
    assertThat(keys.subList(2500, 3000)).allMatch(driver()::has);
  }

  @Test
  default void invalidationOfNothingDoesNothing() {
    List<String> keys = driver().storeEntries(10);

    store().invalidate(driver().prefix(), List.of());
    store().invalidate(driver().prefix(), List.of(driver().key("none")));

    assertThat(keys).allMatch(driver()::has);
  }

  @Test
  default void entryMayBeStoredAgainAfterItsInvalidation() {
    String key = driver().key("entry");
    driver().set(key, "old");
    store().invalidate(driver().prefix(), List.of(key));
    await().until(() -> !driver().has(key));

    driver().set(key, "new");

    assertThat(driver().valueOf(key)).isEqualTo("new");
  }

  @Test
  default void invalidationAfterCloseDoesNothing() {
    store().close();

    store().invalidate(driver().prefix(), List.of(driver().key("entry")));
  }
}
