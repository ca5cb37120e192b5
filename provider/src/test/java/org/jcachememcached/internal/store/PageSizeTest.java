package org.jcachememcached.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageSizeTest {

  private static final int LIMIT = 500;

  private final PageSize pageSize = new PageSize(LIMIT);

  @Test
  void isSmallWhileNothingIsKnown() {
    assertThat(pageSize.next()).isEqualTo(16);
    assertThat(new PageSize(3).next()).isEqualTo(3);
  }

  @Test
  void isTheLimitForSmallEntries() {
    write(1, 100);

    assertThat(pageSize.next()).isEqualTo(LIMIT);
  }

  @Test
  void isOneForEntriesOfWhateverSize() {
    write(1, 2 * ItemStore.ANSWER_BYTES);

    assertThat(pageSize.next()).isEqualTo(1);
  }

  @Test
  void shrinksAtOnceAndGrowsLittleByLittle() {
    read(10, 100);
    read(10, 1024 * 1024);
    assertThat(pageSize.next()).isEqualTo(4);

    read(10, 100);
    assertThat(pageSize.next()).isEqualTo(5);
    for (int i = 0; i < 20; i++) {
      read(10, 100);
    }
    assertThat(pageSize.next()).isEqualTo(LIMIT);
  }

  @Test
  void countsAbsentEntriesAsNothing() {
    pageSize.weigh(gets(10), Collections.nCopies(10, Reply.ABSENT));

    assertThat(pageSize.next()).isEqualTo(LIMIT);
  }

  @Test
  void learnsNothingOfWhatWasDeferredOrFailed() {
    pageSize.weigh(gets(10), Collections.nCopies(10, Reply.DEFERRED));
    pageSize.weigh(
        List.of(new Command.Delete("a"), new Command.Delete("b")),
        List.of(Reply.ABSENT, Reply.DONE));

    assertThat(pageSize.next()).isEqualTo(16);
  }

  private void write(int count, int size) {
    Command set = new Command.Set("k", new Item(0, new byte[size], Item.FOREVER));
    pageSize.weigh(Collections.nCopies(count, set), Collections.nCopies(count, Reply.DONE));
  }

  private void read(int count, int size) {
    Reply found = Reply.found(new StoredItem(0, new byte[size], 1, Item.FOREVER));
    pageSize.weigh(gets(count), Collections.nCopies(count, found));
  }

  private static List<Command.Get> gets(int count) {
    return Collections.nCopies(count, new Command.Get("k"));
  }
}
