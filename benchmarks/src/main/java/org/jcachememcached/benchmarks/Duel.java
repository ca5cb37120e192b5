package org.jcachememcached.benchmarks;

import java.util.EnumMap;
import java.util.Locale;
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
 * All contenders, warm in one JVM, taking turns from one short iteration to the next. What changes
 * slowly (the machine's other work, its clock rate, the server) then affects all alike, and the
 * ratio of two neighbours means something even where absolute times are noise.
 */
@State(Scope.Benchmark)
public class Duel {

  private static final String ALL = "all";

  /**
   * Who plays: {@code all} in turn, or one alone ({@code provider}, {@code raw}, {@code socket}) to
   * profile.
   */
  @Param(ALL)
  public String contender = ALL;

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

  /** Whether all contenders play. */
  static boolean isComparison(BenchmarkParams params) {
    return ALL.equals(params.getParam("contender"));
  }

  private Side sideOf(int turn) {
    if (ALL.equals(contender)) {
      return Side.at(turn);
    }
    try {
      return Side.valueOf(contender.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The contender is '" + contender + "', it must be all, provider, raw or socket", e);
    }
  }
}
