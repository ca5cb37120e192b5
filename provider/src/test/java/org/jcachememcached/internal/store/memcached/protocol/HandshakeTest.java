package org.jcachememcached.internal.store.memcached.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

  private static final Credentials CREDENTIALS = new Credentials("user", "password");

  private final List<Object> reported = new ArrayList<>();

  @Test
  void reportsWhatTheServerIs() {
    read(null, "VERSION 1.6.18", "STAT item_size_max 1048576", "STAT cas_enabled no", "END");

    assertThat(reported).containsExactly(new ServerFacts("1.6.18", true, false, 1048576));
  }

  @Test
  void acceptsServerThatDoesNotAnswerItsSettings() {
    read(null, "VERSION 1.6.18", "ERROR");

    assertThat(reported).containsExactly(new ServerFacts("1.6.18", true, true, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR Too many open connections",
        "SERVER_ERROR out of memory",
        "-ERR unknown command 'version'",
        "HTTP/1.1 400 Bad Request",
        "END"
      })
  void reportsWhatTheServerAnswersInsteadOfItsVersion(String answer) {
    read(null, answer, "more");
    read(CREDENTIALS, answer, "more");

    assertThat(reported).containsExactly(answer, answer);
  }

  @Test
  void reportsThatLoginIsRefused() {
    read(null, "CLIENT_ERROR unauthenticated", "CLIENT_ERROR unauthenticated");
    read(CREDENTIALS, "CLIENT_ERROR authentication failure", "CLIENT_ERROR unauthenticated");

    ServerFacts refused = new ServerFacts("unknown", false, true, Long.MAX_VALUE);
    assertThat(reported).containsExactly(refused, refused);
  }

  @Test
  void quotesTheBeginningOfLongAnswer() {
    read(null, "x".repeat(5000));

    assertThat(reported).containsExactly("x".repeat(100));
  }

  private void read(@Nullable Credentials credentials, String... lines) {
    Handshake handshake =
        new Handshake(
            credentials,
            new Handshake.Listener() {
              @Override
              public void answered(ServerFacts facts) {
                reported.add(facts);
              }

              @Override
              public void turnedAway(String answer) {
                reported.add(answer);
              }
            });
    for (String line : lines) {
      if (handshake.take(line)) {
        handshake.ended(true);
        return;
      }
    }
  }
}
