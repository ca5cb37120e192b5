package org.jcachememcached.internal.store.memcached;

import java.net.UnknownHostException;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memcached.protocol.FailureText;
import org.jspecify.annotations.Nullable;

/** Whether requests can be sent to a server. Immutable. */
sealed interface NodeState {

  /** The first connection is not open yet. */
  record Connecting() implements NodeState {}

  /**
   * The server has answered the handshake, and everything is removed that should have been.
   *
   * @param version of memcached, such as {@code 1.6.18}
   * @param itemSizeMax the largest item that it accepts, in bytes
   */
  record Ready(String version, long itemSizeMax) implements NodeState {}

  /** There is no connection, or none that is usable. */
  record Down(Reason reason, String message, @Nullable Throwable cause) implements NodeState {

    /** No connection to the server can be opened. */
    static Down unreachable(Server server) {
      return new Down(Reason.UNREACHABLE, FailureText.unreachable(server), null);
    }

    /** The TLS handshake with the server has failed. */
    static Down notEncrypted(Server server) {
      String message =
          FailureText.unreachable(server)
              + ": it has no TLS, or not the certificate of a trusted server of that name, or demands"
              + " another certificate of the client (setting 'tls.keystore.file'), or does not answer";
      return new Down(Reason.UNREACHABLE, message, null);
    }

    /** The address of the server is unknown. */
    static Down unknownAddress(Server server, Throwable cause) {
      String why =
          cause instanceof UnknownHostException
              ? ": the host name is unknown"
              : ": its host name cannot be looked up: " + cause;
      return new Down(Reason.UNREACHABLE, FailureText.unreachable(server) + why, cause);
    }

    /** The server cannot be used as it is. */
    static Down unsuitable(Server server, String why) {
      return new Down(Reason.PROTOCOL, "memcached at " + server + " " + why, null);
    }

    /** The server has no connection for this client at present. */
    static Down busy(Server server, String answer) {
      String message = "memcached at " + server + " answered '" + answer + "'";
      return new Down(Reason.UNREACHABLE, message, null);
    }

    /** The failure of a request other than an operation while the server is down. */
    StoreException toException() {
      return StoreException.withoutEffect(reason, message, cause);
    }
  }
}
