package org.jcachememcached.internal.store.memcached.spymemcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackgroundOpeningTest {

  private final Queue<Runnable> background = new ArrayDeque<>();
  private boolean refuses;
  private int ended;
  private SocketChannel channel;

  private final BackgroundOpening opening =
      new BackgroundOpening(background::add, this::open, () -> ended++);

  private void open(SocketChannel opened) throws IOException {
    if (refuses || !opened.isOpen()) {
      throw new IOException("refused");
    }
  }

  @BeforeEach
  void createChannel() throws IOException {
    channel = SocketChannel.open();
  }

  @AfterEach
  void closeChannel() throws IOException {
    channel.close();
  }

  @Test
  void isTakenOnceWhenItIsDone() throws IOException {
    opening.begin(channel);

    assertThat(opening.isUnderWay()).isTrue();
    assertThat(opening.take()).isNull();
    background.remove().run();
    assertThat(ended).isEqualTo(1);
    assertThat(opening.isUnderWay()).isTrue();
    assertThat(opening.take()).isSameAs(channel);
    assertThat(opening.isUnderWay()).isFalse();
    assertThat(opening.take()).isNull();
  }

  @Test
  void aFailureIsReportedOnce() throws IOException {
    refuses = true;
    opening.begin(channel);
    background.remove().run();

    assertThatThrownBy(opening::take)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused");
    assertThat(opening.isUnderWay()).isFalse();
    assertThat(opening.take()).isNull();
  }

  /** Two threads at a time would take the channel of one another. */
  @Test
  void nothingBeginsBeforeTheEndOfWhatWasAbandoned() throws IOException {
    opening.begin(channel);
    opening.abandon();

    assertThat(opening.isUnderWay()).isFalse();
    assertThat(opening.isEnding()).isTrue();
    assertThatThrownBy(() -> opening.begin(channel)).isInstanceOf(IllegalStateException.class);
    background.remove().run();
    assertThat(ended).isEqualTo(1);
    assertThat(opening.isEnding()).isFalse();
    assertThat(opening.take()).isNull();
    opening.begin(channel);
    background.remove().run();
    assertThat(opening.take()).isSameAs(channel);
  }

  @Test
  void whatIsDoneCanBeAbandoned() throws IOException {
    opening.begin(channel);
    background.remove().run();
    opening.abandon();

    assertThat(opening.isUnderWay()).isFalse();
    assertThat(opening.isEnding()).isFalse();
    assertThat(opening.take()).isNull();
  }

  @Test
  void withoutAThreadNothingIsUnderWay() {
    BackgroundOpening without =
        new BackgroundOpening(
            work -> {
              throw new RejectedExecutionException("no thread");
            },
            this::open,
            () -> ended++);

    assertThatThrownBy(() -> without.begin(channel)).hasMessage("no thread");
    assertThat(without.isUnderWay()).isFalse();
    assertThat(without.isEnding()).isFalse();
  }
}
