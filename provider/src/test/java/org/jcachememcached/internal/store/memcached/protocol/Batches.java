package org.jcachememcached.internal.store.memcached.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/** Batches of commands as they are written and answered. Not thread-safe. */
abstract class Batches {

  static final long NOW = 1_700_000_000_000L;

  static final long OPAQUE = 0xab;

  final RecordingListener listener = new RecordingListener();

  static String value(int size, long opaque) {
    String header = "VA %d f0 c1 O%x\r\n".formatted(size, opaque);
    return header + "x".repeat(size) + "\r\n";
  }

  static Command[] gets(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Command.Get("k" + i))
        .toArray(Command[]::new);
  }

  Batch batch(Command... commands) {
    return new Batch(
        listener,
        commands,
        IntStream.range(0, commands.length).toArray(),
        OPAQUE,
        () -> Instant.ofEpochMilli(NOW),
        0);
  }

  String request(Command... commands) {
    return ISO_8859_1.decode(batch(commands).encode()).toString();
  }

  /** Feeds the answer in pieces of that size; whether the batch has all that it wants. */
  static boolean feed(Batch batch, String answer, int piece) throws ProtocolException {
    byte[] bytes = answer.getBytes(ISO_8859_1);
    boolean complete = false;
    for (int i = 0; i < bytes.length; i += piece) {
      assertThat(complete).isFalse();
      complete = batch.read(ByteBuffer.wrap(bytes, i, Math.min(piece, bytes.length - i)));
    }
    return complete;
  }

  List<Reply> replies(Batch batch) {
    if (!listener.ended) {
      batch.deliver(Reply.DONE);
    }
    return listener.replies;
  }

  static Reason reason(Reply reply) {
    return Objects.requireNonNull(reply.failure()).reason();
  }

  /** Records the replies, which are delivered in order. */
  static final class RecordingListener implements BatchListener {

    final List<Reply> replies = new ArrayList<>();
    int largestValue = Integer.MAX_VALUE;
    boolean ended;

    @Override
    public boolean makeRoomFor(int bytes) {
      return bytes <= largestValue;
    }

    @Override
    public void reply(int position, Reply reply) {
      assertThat(position).isEqualTo(replies.size());
      replies.add(reply);
    }

    @Override
    public void ended(int commands, long bytes, @Nullable StoreException because) {
      assertThat(replies).hasSize(commands);
      ended = true;
    }

    @Override
    public boolean isFirstToExpire() {
      return true;
    }
  }
}
