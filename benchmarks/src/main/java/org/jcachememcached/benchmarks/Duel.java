package org.jcachememcached.benchmarks;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Both contenders, warm in one JVM, taking turns from one short iteration to the next. What changes
 * slowly (the machine's other work, its clock rate, the server) then hits both alike, and the ratio
 * of two neighbours means something even where absolute times are noise.
 */
@State(Scope.Benchmark)
public class Duel {

  /** The contenders, in the order of the first two turns. */
  enum Side {
    PROVIDER {
      @Override
      Contender open(String server) {
        return new ProviderContender(server);
      }
    },
    RAW {
      @Override
      Contender open(String server) {
        return new RawContender(server);
      }
    };

    /** Connects to the server, host:port. */
    abstract Contender open(String server);
  }

  private static final String BOTH = "both";

  /** Who plays: {@code both} in turn, or one alone ({@code provider}, {@code raw}) to profile. */
  @Param(BOTH)
  public String contender = BOTH;

  /** Where the server is, host:port; {@link Comparison} starts it and says so. */
  @Param("")
  public String server = "";

  private final DataSet data = new DataSet();
  private final Map<Side, Contender> contenders = new EnumMap<>(Side.class);
  private int nextTurn;
  private @Nullable Contender player;

  /** Connects; the data is there already. */
  @Setup(Level.Trial)
  public void open() {
    for (Side side : Side.values()) {
      contenders.put(side, side.open(server));
    }
  }

  /** Lets the next one play. */
  @Setup(Level.Iteration)
  public void changeSides() {
    player = contenders.get(sideOf(nextTurn++));
  }

  /** Disconnects. */
  @TearDown(Level.Trial)
  public void close() {
    contenders.values().forEach(Contender::close);
  }

  DataSet data() {
    return data;
  }

  /** Whose turn it is. */
  Contender player() {
    return Objects.requireNonNull(player);
  }

  /** Whether both contenders play. */
  static boolean isComparison(BenchmarkParams params) {
    return BOTH.equals(params.getParam("contender"));
  }

  private Side sideOf(int turn) {
    return switch (contender) {
      case BOTH -> sideAt(turn);
      case "provider" -> Side.PROVIDER;
      case "raw" -> Side.RAW;
      default ->
          throw new IllegalArgumentException(
              "The contender is '" + contender + "', it must be both, provider or raw");
    };
  }

  /** Whose turn it is: A, B, B, A and so on, so that a steady drift favours nobody. */
  static Side sideAt(int turn) {
    return ((turn ^ (turn >> 1)) & 1) == 0 ? Side.PROVIDER : Side.RAW;
  }
}
