package org.jcachememcached.internal.store.memcached.discovery;

import org.jspecify.annotations.Nullable;

/** A source gives no servers; the message says why, in words that follow the name of the source. */
final class SourceException extends Exception {

  private static final long serialVersionUID = 1L;

  /** How much of an answer is quoted: it may be anything. */
  private static final int LONGEST_QUOTE = 100;

  SourceException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }

  /** Why a source gives no servers, without a cause that is worth a stack trace. */
  SourceException(String reason) {
    this(reason, null);
  }

  /** The source cannot be asked at all. */
  static SourceException notAsked(Throwable cause) {
    return new SourceException("cannot be asked: " + quote(cause.toString()), cause);
  }

  /** The beginning of what a source has answered, in one line. */
  static String quote(String answer) {
    return answer
        .substring(0, Math.min(answer.length(), LONGEST_QUOTE))
        .replaceAll("\\p{Cntrl}", " ");
  }
}
