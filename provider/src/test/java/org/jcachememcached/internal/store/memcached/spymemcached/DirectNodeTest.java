package org.jcachememcached.internal.store.memcached.spymemcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import net.spy.memcached.DefaultConnectionFactory;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationState;
import org.jcachememcached.internal.store.memcached.protocol.LineRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectNodeTest {

  private static final int CAPACITY = 1_000;
  private static final int BUFFER_SIZE = 64;

  private final RecordingChannel channel = new RecordingChannel();
  private DirectNode node;

  @BeforeEach
  void begin() throws IOException {
    MemcachedNode ofClient =
        new DefaultConnectionFactory()
            .createMemcachedNode(new InetSocketAddress(0), SocketChannel.open(), BUFFER_SIZE);
    node = new DirectNode(ofClient, CAPACITY, 1_000);
    node.begin(request("first"), channel);
  }

  @Test
  void writesInTheThreadThatSends() {
    node.addOp(request("a"));

    assertThat(node.write()).isFalse();
    assertThat(channel.text()).isEqualTo("first\na\n");
    assertThat(node.isAwaitingAnswer()).isTrue();
  }

  @Test
  void writesWhatSeveralThreadsAddWholeAndInTheOrderOfTheAnswers() throws Exception {
    int threads = 8;
    CountDownLatch start = new CountDownLatch(1);
    AtomicBoolean leftToLoop = new AtomicBoolean();
    List<Thread> senders = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      String name = "request of thread " + t + " number ";
      senders.add(
          new Thread(
              () -> {
                await(start);
                for (int i = 0; i < 100; i++) {
                  node.addOp(request(name + i));
                  if (node.write()) {
                    leftToLoop.set(true);
                  }
                }
              }));
    }
    senders.forEach(Thread::start);
    start.countDown();
    for (Thread sender : senders) {
      sender.join();
    }
    if (leftToLoop.get()) {
      node.writeSome();
    }

    List<String> asked = new ArrayList<>();
    while (node.getCurrentReadOp() != null) {
      asked.add(node.removeCurrentReadOp().toString());
    }
    assertThat(channel.text().lines()).hasSize(threads * 100 + 1).containsExactlyElementsOf(asked);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void leavesToTheLoopWhatTheConnectionDoesNotTake() throws IOException {
    String large = "x".repeat(200);
    channel.room = 100;
    node.addOp(request(large));

    assertThat(node.write()).isTrue();
    node.addOp(request("b"));
    assertThat(node.write()).isTrue();

    channel.room = Integer.MAX_VALUE;
    node.writeSome();
    assertThat(channel.text()).isEqualTo("first\n" + large + "\nb\n");
    node.addOp(request("c"));
    assertThat(node.write()).isFalse();
  }

  @Test
  void doesNotWriteForOthersForEver() throws IOException {
    channel.duringWrite = () -> node.addOp(request("of another thread"));
    node.addOp(request("a"));

    assertThat(node.write()).isTrue();
    channel.duringWrite = () -> {};
    node.writeSome();
    assertThat(channel.text()).endsWith("of another thread\n");
    assertThat(node.write()).isFalse();
  }

  @Test
  void reportsInTheLoopThatWritingHasFailed() {
    channel.failure = new StackOverflowError("of the thread that sends");
    node.addOp(request("a"));

    assertThat(node.write()).isTrue();
    channel.failure = null;
    node.addOp(request("b"));
    assertThat(node.write()).isTrue();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(node::writeSome)
        .withCauseInstanceOf(StackOverflowError.class);
    assertThat(channel.text()).isEqualTo("first\n");
  }

  @Test
  void beginsEmptyOnAnotherConnection() {
    channel.room = 3;
    node.addOp(request("cut in two"));
    node.write();
    node.addOp(request("waits"));

    assertThat(node.end()).hasSize(3);
    node.addOp(request("too early"));
    assertThat(node.write()).isTrue();
    assertThat(channel.text()).isEqualTo("first\ncut");

    channel.room = Integer.MAX_VALUE;
    node.begin(request("again"), channel);
    assertThat(channel.text()).isEqualTo("first\ncutagain\ntoo early\n");
  }

  @Test
  void doesNotWriteWhatIsCancelled() {
    Operation cancelled = request("cancelled");
    cancelled.cancel();
    node.addOp(cancelled);
    node.addOp(request("a"));
    node.write();

    assertThat(channel.text()).isEqualTo("first\na\n");
    assertThat(cancelled.getState()).isEqualTo(OperationState.WRITE_QUEUED);
  }

  @Test
  void refusesMoreThanCanWait() {
    channel.room = 0;
    node.addOp(request("in the buffer"));
    node.write();
    for (int i = 0; i < CAPACITY; i++) {
      node.addOp(request("b"));
    }

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> node.addOp(request("c")));
  }

  private static Operation request(String line) {
    LineOperation operation = new LineOperation(new OneLine(line));
    operation.initialize();
    return operation;
  }

  private record OneLine(String line) implements LineRequest {

    @Override
    public byte[] bytes() {
      return (line + "\n").getBytes(US_ASCII);
    }

    @Override
    public boolean take(String answer) {
      return true;
    }

    @Override
    public void ended(boolean answered) {}

    @Override
    public String toString() {
      return line;
    }
  }

  /** Keeps what is written to it. */
  private static final class RecordingChannel implements WritableByteChannel {

    private final StringBuilder written = new StringBuilder();
    private int room = Integer.MAX_VALUE;
    private Runnable duringWrite = () -> {};
    private volatile @Nullable Error failure;

    String text() {
      return written.toString();
    }

    @Override
    public int write(ByteBuffer source) {
      Error because = failure;
      if (because != null) {
        throw because;
      }
      duringWrite.run();
      byte[] bytes = new byte[Math.min(room, source.remaining())];
      source.get(bytes);
      room -= bytes.length;
      written.append(new String(bytes, US_ASCII));
      return bytes.length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
