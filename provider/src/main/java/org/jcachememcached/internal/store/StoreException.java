package org.jcachememcached.internal.store;

import org.jspecify.annotations.Nullable;

/** The exception of stores: why a command failed. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kinds of failures. */
  public enum Reason {
    /** The server did not answer within the operation timeout. */
    TIMEOUT,
    /** There is no connection to the server, or it broke before the reply arrived. */
    UNREACHABLE,
    /** The item exceeds the item size limit of the server. */
    TOO_LARGE,
    /** The reply violates the protocol, or the server is too old. */
    PROTOCOL,
    /**
     * The command was refused before or by the server: out of memory, too much under way, closed.
     */
    REJECTED
  }

  private final Reason reason;
  private final boolean outcomeUnknown;

  private StoreException(
      Reason reason, boolean outcomeUnknown, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.outcomeUnknown = outcomeUnknown;
  }

  /** A failure of a command that had no effect. */
  public static StoreException withoutEffect(
      Reason reason, String message, @Nullable Throwable cause) {
    return new StoreException(reason, false, message, cause);
  }

  /** A failure of a command that reached the server, or may have, and whose reply was lost. */
  public static StoreException outcomeUnknown(
      Reason reason, String message, @Nullable Throwable cause) {
    return new StoreException(reason, true, message, cause);
  }

  /** The same failure for another caller, of which this one is the cause. */
  public StoreException copy() {
    return new StoreException(reason, outcomeUnknown, getMessage(), this);
  }

  /** The kind of failure. */
  public Reason reason() {
    return reason;
  }

  /** Whether the command may have taken effect nevertheless. */
  public boolean isOutcomeUnknown() {
    return outcomeUnknown;
  }
}
