package org.jcachememcached.internal.store;

import org.jspecify.annotations.Nullable;

/** The only exception of a store: why a command could not be carried out. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong, in the words a caller can act on. */
  public enum Reason {
    /** The server did not answer within the operation timeout. */
    TIMEOUT,
    /** There is no connection to the server, or it broke before the answer came. */
    UNREACHABLE,
    /** The item does not fit into the server, whatever else it holds. */
    TOO_LARGE,
    /** The server answered something that the protocol does not allow here, or is too old. */
    PROTOCOL,
    /**
     * The command was refused before or by the server: out of memory, too much under way, closed.
     */
    REJECTED
  }

  private final Reason reason;
  private final boolean outcomeUnknown;

  private StoreException(
      Reason reason, boolean outcomeUnknown, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.outcomeUnknown = outcomeUnknown;
  }

  /** A command that had no effect. */
  public static StoreException withoutEffect(
      Reason reason, String message, @Nullable Throwable cause) {
    return new StoreException(reason, false, message, cause);
  }

  /** A command that reached the server, or may have, and whose answer was lost. */
  public static StoreException outcomeUnknown(
      Reason reason, String message, @Nullable Throwable cause) {
    return new StoreException(reason, true, message, cause);
  }

  public Reason reason() {
    return reason;
  }

  /** Whether the command may have taken effect nevertheless. */
  public boolean isOutcomeUnknown() {
    return outcomeUnknown;
  }
}
