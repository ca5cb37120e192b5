package org.jcachememcached.internal.store.memcached.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Command.Append;
import org.jcachememcached.internal.store.Command.Append.Side;
import org.jcachememcached.internal.store.Command.Claim;
import org.jcachememcached.internal.store.Command.Count;
import org.jcachememcached.internal.store.Command.Count.Direction;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, without a wire. */
class BatchTest extends Batches {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 64, 4096})
  void understandsHitsHoweverTheyAreCut(int piece) throws ProtocolException {
    Batch batch = batch(gets(4));
    String answer =
        String.join(
            "\r\n",
            List.of(
                "VA 5 f4294967295 c18446744073709551615 Oab",
                "EN\r\nX",
                "VA 0 f0 c9 Oad",
                "",
                "MN",
                ""));

    assertThat(feed(batch, answer, piece)).isTrue();

    List<Reply> replies = replies(batch);
    assertThat(replies)
        .extracting(Reply::status)
        .containsExactly(Status.FOUND, Status.ABSENT, Status.FOUND, Status.ABSENT);
    assertThat(Objects.requireNonNull(replies.get(0).item()).flags()).isEqualTo(-1);
    assertThat(Objects.requireNonNull(replies.get(0).item()).cas()).isEqualTo(-1);
    assertThat(Objects.requireNonNull(replies.get(0).item()).data())
        .asString()
        .isEqualTo("EN\r\nX");
    assertThat(Objects.requireNonNull(replies.get(2).item()).data()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4096})
  void understandsWhatBecameOfChanges(int piece) throws ProtocolException {
    Item item = new Item(0, new byte[0], Item.FOREVER);
    Batch batch =
        batch(
            new Command.Set("a", item),
            new Command.Add("b", item),
            new Command.Replace("c", item),
            new Command.CompareAndSet("d", item, 1),
            new Command.CompareAndSet("e", item, 1),
            new Command.Delete("f"),
            new Command.CompareAndDelete("g", 1));

    String answer = "HD Oab\r\nNS Oac\r\nNS Oad\r\nEX Oae\r\nNF Oaf\r\nNF Ob0\r\nEX Ob1\r\n";
    assertThat(feed(batch, answer, piece)).isTrue();

    assertThat(replies(batch))
        .containsExactly(
            Reply.DONE,
            Reply.PRESENT,
            Reply.ABSENT,
            Reply.CHANGED,
            Reply.ABSENT,
            Reply.ABSENT,
            Reply.CHANGED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4096})
  void understandsWhatBecameOfCountsAndAppends(int piece) throws ProtocolException {
    Item part = new Item(0, new byte[0], Item.FOREVER);
    Count count = new Count("a", Direction.UP, 3, null);
    Append append = new Append("b", part, Side.BACK);
    Batch batch = batch(count, count, count, append, append, count);
    String answer =
        String.join(
            "\r\n",
            "VA 20 Oab\r\n18446744073709551615",
            "CLIENT_ERROR cannot increment or decrement non-numeric value",
            "NF Oad\r\nHD Oae\r\nNS Oaf\r\nVA 1 Ob0\r\n0\r\n");

    assertThat(feed(batch, answer, piece)).isTrue();

    assertThat(replies(batch))
        .containsExactly(
            Reply.counted(-1),
            Reply.NOT_A_NUMBER,
            Reply.ABSENT,
            Reply.DONE,
            Reply.NOT_STORED,
            Reply.counted(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4096})
  void understandsWhatBecameOfClaims(int piece) throws ProtocolException {
    Item item = new Item(0, new byte[0], Item.FOREVER);
    Claim add = new Claim("a", item, Command.NO_CAS);
    Claim replace = new Claim("a", item, 7);
    Batch batch = batch(add, add, replace, replace, replace);

    assertThat(feed(batch, "HD c12 Oab\r\nNS c0 Oac\r\nHD Oad c13\r\nEX Oae\r\nNF Oaf\r\n", piece))
        .isTrue();

    assertThat(replies(batch))
        .containsExactly(
            Reply.claimed(12), Reply.CHANGED, Reply.claimed(13), Reply.CHANGED, Reply.CHANGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HD Oab\r\n", "VA 1 Oab\r\nx\r\n", "VA 1 Oac\r\n1\r\n", "CLIENT_ERROR bad\r\n"})
  void refusesWhatDoesNotAnswerACount(String answer) {
    Batch batch = batch(new Count("a", Direction.UP, 3, null));

    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> feed(batch, answer, 1));
  }

  @Test
  void takesErrorWithoutNumberForTheNextCommand() throws ProtocolException {
    Item item = new Item(0, new byte[0], Item.FOREVER);
    Batch batch = batch(new Command.Set("a", item), new Command.Set("b", item));

    assertThat(feed(batch, "SERVER_ERROR out of memory storing object\r\nHD Oac\r\n", 1)).isTrue();

    assertThat(reason(replies(batch).get(0))).isEqualTo(Reason.REJECTED);
    assertThat(replies(batch).get(1)).isEqualTo(Reply.DONE);
  }

  @Test
  void knowsWhatTooLargeMeans() throws ProtocolException {
    Batch batch = batch(new Command.Set("a", new Item(0, new byte[0], Item.FOREVER)));

    assertThat(feed(batch, "SERVER_ERROR object too large for cache\r\n", 1)).isTrue();

    assertThat(reason(replies(batch).get(0))).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void takesErrorAmongQuietGetsForNoMiss() throws ProtocolException {
    Batch batch = batch(gets(2));

    assertThat(feed(batch, "SERVER_ERROR out of memory\r\nVA 1 f0 c1 Oac\r\nx\r\nMN\r\n", 1))
        .isTrue();

    assertThat(reason(replies(batch).get(0))).isEqualTo(Reason.REJECTED);
    assertThat(replies(batch).get(1).status()).isEqualTo(Status.FOUND);
  }

  @Test
  void leavesWhatBelongsToTheNextOperation() throws ProtocolException {
    Batch batch = batch(new Command.Get("a"));
    ByteBuffer in = ByteBuffer.wrap("EN Oab\r\nEN Off\r\n".getBytes(ISO_8859_1));

    assertThat(batch.read(in)).isTrue();

    assertThat(in.remaining()).isEqualTo("EN Off\r\n".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EN Oac\r\n",
        "EN\r\n",
        "HD Oab\r\n",
        "VA 1 f0 c1 Oac\r\nx\r\n",
        "VA 1 f0 c1 Oab\r\nxyz\r\n",
        "VA -1 f0 c1 Oab\r\n",
        "VA 99999999999 f0 c1 Oab\r\n",
        "VA x Oab\r\n",
        "MN\r\n",
        "CLIENT_ERROR bad command line format\r\n",
        "ERROR\r\n",
        "VALUE a 0 1\r\n",
        "\r\n",
        "HTTP/1.1 400 Bad Request\r\n"
      })
  void refusesWhatDoesNotAnswerTheQuestion(String answer) {
    Batch batch = batch(new Command.Get("a"));

    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> feed(batch, answer, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"VA 1 f0 c1 Oaa\r\nx\r\n", "VA 1 f0 c1 Oad\r\nx\r\n", "EN Oab\r\n"})
  void refusesWhatDoesNotAnswerQuietGets(String answer) {
    Batch batch = batch(gets(2));

    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> feed(batch, answer, 1));
  }

  @Test
  void refusesLineWithoutEnd() {
    Batch batch = batch(new Command.Get("a"));

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> feed(batch, "x".repeat(5000), 100));
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 4096, 1 << 20})
  void readsPastWhatTheAnswerHasNoRoomFor(int piece) throws ProtocolException {
    Batch batch = batch(gets(4));
    listener.largestValue = 1000;
    String answer = value(1000, OPAQUE) + value(1001, OPAQUE + 1) + value(9, OPAQUE + 2) + "MN\r\n";

    assertThat(feed(batch, answer, piece)).isTrue();

    assertThat(replies(batch))
        .extracting(Reply::status)
        .containsExactly(Status.FOUND, Status.DEFERRED, Status.FOUND, Status.ABSENT);
  }
}
