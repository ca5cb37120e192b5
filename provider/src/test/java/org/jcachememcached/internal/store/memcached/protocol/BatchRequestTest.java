package org.jcachememcached.internal.store.memcached.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Command.Append;
import org.jcachememcached.internal.store.Command.Append.Side;
import org.jcachememcached.internal.store.Command.Count;
import org.jcachememcached.internal.store.Command.Count.Direction;
import org.jcachememcached.internal.store.Command.Count.Initial;
import org.jcachememcached.internal.store.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent for a batch. */
class BatchRequestTest extends Batches {

  @Test
  void asksForOneKeyWithoutEnd() {
    assertThat(request(new Command.Get("key"))).isEqualTo("mg key f c t v Oab\r\n");
  }

  @Test
  void asksForKeysQuietlyAndClosesThem() {
    assertThat(request(new Command.Get("a"), new Command.Get("b")))
        .isEqualTo("mg a f c t v q Oab\r\nmg b f c t v q Oac\r\nmn\r\n");
  }

  /** The t comes first, so that it is answered before the T changes it. */
  @Test
  void asksAndThenTouches() {
    assertThat(request(new Command.Get("a", NOW + 60_000))).isEqualTo("mg a f c t v T61 Oab\r\n");
    assertThat(request(new Command.Get("a", Item.FOREVER), new Command.Get("b")))
        .isEqualTo("mg a f c t v q T0 Oab\r\nmg b f c t v q Oac\r\nmn\r\n");
  }

  @Test
  void writesCommandsThatChangeSomething() {
    Item item = new Item(-1, "x\r\n".getBytes(ISO_8859_1), NOW + 1000);
    assertThat(
            request(
                new Command.Set("a", item),
                new Command.Add("b", item),
                new Command.Replace("c", item),
                new Command.CompareAndSet("d", item, -1),
                new Command.Delete("e"),
                new Command.CompareAndDelete("f", 7)))
        .isEqualTo(
            String.join(
                "\r\n",
                List.of(
                    "ms a 3 F4294967295 T2 Oab",
                    "x\r\n",
                    "ms b 3 F4294967295 T2 ME Oac",
                    "x\r\n",
                    "ms c 3 F4294967295 T2 MR Oad",
                    "x\r\n",
                    "ms d 3 F4294967295 T2 C18446744073709551615 Oae",
                    "x\r\n",
                    "md e Oaf",
                    "md f C7 Ob0",
                    "")));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        1,
        9,
        10,
        15,
        16,
        99,
        100,
        255,
        256,
        1_000_000_000,
        2_147_483_647,
        2_147_483_648L,
        -1
      })
  void writesNumbersInFull(long number) {
    Batch batch =
        new Batch(
            listener,
            new Command[] {new Command.CompareAndDelete("k", number)},
            new int[] {0},
            number,
            () -> Instant.ofEpochMilli(NOW),
            0);

    assertThat(ISO_8859_1.decode(RequestEncoder.encode(batch, NOW)).toString())
        .isEqualTo(
            "md k C%s O%s\r\n".formatted(Long.toUnsignedString(number), Long.toHexString(number)));
  }

  @Test
  void writesCountsAndAppends() {
    Item part = new Item(-1, "x".getBytes(ISO_8859_1), NOW + 1000);
    assertThat(
            request(
                new Count("a", Direction.UP, 3, null),
                new Count("b", Direction.DOWN, 1, new Initial(Long.MAX_VALUE, NOW + 60_000)),
                new Append("c", part, Side.BACK),
                new Append("d", part, Side.FRONT)))
        .isEqualTo(
            String.join(
                "\r\n",
                "ma a D3 v Oab",
                "ma b N61 J9223372036854775807 MD D1 v Oac",
                "ms c 1 MA Oad",
                "x",
                "ms d 1 MP Oae",
                "x",
                ""));
  }
}
