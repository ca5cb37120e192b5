package org.jcachememcached.internal.store.memcached.discovery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A source gives no servers; the message says why, in words that follow the name of the source. */
final class SourceException extends Exception {

  private static final long serialVersionUID = 1L;

  /** How much of an answer is quoted: it may be anything. */
  private static final int LONGEST_QUOTE = 100;

  private final String reason;

  SourceException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  SourceException(String reason) {
    this(reason, null);
  }

  /** The message. */
  String reason() {
    return reason;
  }

  /** The source cannot be asked at all. */
  static SourceException notAsked(Throwable cause) {
    return new SourceException("cannot be asked: " + cause, cause);
  }

  /** The source has not answered in time. */
  static SourceException late(Duration timeout, Throwable cause) {
    return new SourceException(
        "does not answer within %d ms (setting 'timeout')".formatted(timeout.toMillis()), cause);
  }

  /** The beginning of what a source has answered, in one line. */
  static String quote(String answer) {
    return answer
        .substring(0, Math.min(answer.length(), LONGEST_QUOTE))
        .replaceAll("\\p{Cntrl}", " ");
  }
}
