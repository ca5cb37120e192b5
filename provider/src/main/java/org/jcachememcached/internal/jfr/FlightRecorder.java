package org.jcachememcached.internal.jfr;

import java.time.Duration;
import org.jcachememcached.api.CallObserver;
import org.jspecify.annotations.Nullable;

/**
 * Gives the flight recorder of the JVM its events. Does nothing in a JVM without the module {@code
 * jdk.jfr}. Until the first recording of the JVM begins, no event is created: the first one would
 * start the recorder, which takes longer than a cache needs for its first answer. Thread-safe.
 */
public final class FlightRecorder {

  /** Constant, so that the JIT compiler removes everything in a JVM without the module. */
  private static final boolean PRESENT = isPresent();

  private FlightRecorder() {}

  private static boolean isPresent() {
    Class<?> ours = FlightRecorder.class;
    try {
      Class<?> event = Class.forName("jdk.jfr.Event", false, ours.getClassLoader());
      return ours.getModule().canRead(event.getModule());
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static boolean isUsed() {
    return PRESENT && jdk.jfr.FlightRecorder.isInitialized();
  }

  /** Whether a recording wants calls. */
  public static boolean recordsCalls() {
    return isUsed() && new CallEvent().isEnabled();
  }

  /** A call begins, of which {@link #recordsCalls} is true. */
  public static CallObserver.Call call(String cache, String operation) {
    CallEvent event = new CallEvent();
    event.begin();
    return failure -> event.end(cache, operation, failure);
  }

  /**
   * A read-modify-write has to be repeated, because another client was faster.
   *
   * @param key the key on the server
   * @param losses how many races the operation has lost, this one included
   */
  public static void lostRace(String key, int losses) {
    if (isUsed()) {
      LostRaceEvent event = new LostRaceEvent();
      if (event.isEnabled()) {
        event.commit(key, losses);
      }
    }
  }

  /** An outage of a server has begun. */
  public static void serverDown(Object server, String reason) {
    if (isUsed()) {
      ServerDownEvent event = new ServerDownEvent();
      if (event.isEnabled()) {
        event.commit(server.toString(), reason);
      }
    }
  }

  /** An outage of a server has ended, after that time. */
  public static void serverUp(Object server, Duration outage) {
    if (isUsed()) {
      ServerUpEvent event = new ServerUpEvent();
      if (event.isEnabled()) {
        event.commit(server.toString(), outage.toNanos());
      }
    }
  }

  /**
   * The state of a connection has changed, or an attempt to open it has failed again.
   *
   * @param state its new state
   * @param reason why it is down; null if it is not
   */
  public static void connection(Object server, String state, @Nullable String reason) {
    if (isUsed()) {
      ConnectionEvent event = new ConnectionEvent();
      if (event.isEnabled()) {
        event.commit(server.toString(), state, reason);
      }
    }
  }
}
