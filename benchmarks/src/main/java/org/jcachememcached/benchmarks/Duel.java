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
 * All contenders of a comparison, warm in one JVM, taking turns from one short iteration to the
 * next. What changes slowly (the machine's other work, its clock rate, the server) then affects all
 * alike, and the ratio of two neighbours means something even where absolute times are noise.
 */
@State(Scope.Benchmark)
public class Duel {

  private static final String ALL = "all";

  /** Who is compared with whom. */
  @Param("CLIENTS")
  public Comparison comparison = Comparison.CLIENTS;

  /** Who plays: {@code all} in turn, or one alone, such as {@code provider}, to profile. */
  @Param(ALL)
  public String contender = ALL;

  /** Where the servers are, host:port; {@link Bench} starts them and says so. */
  @Param("")
  public String memcached = "";

  @Param("")
  public String redis = "";

  private final DataSet data = new DataSet();
  private final Map<Side, Contender> contenders = new EnumMap<>(Side.class);
  private int nextTurn;
  private @Nullable Contender player;

  /** Connects, and stores the data unless an earlier JVM has. */
  @Setup(Level.Trial)
  public void open() {
    for (Side side : comparison.sides()) {
      Contender opened = side.open(new Servers(memcached, redis));
      contenders.put(side, opened);
      data.fill(opened);
    }
  }

  /** Lets the next one play. */
  @Setup(Level.Iteration)
  public void changeSides() {
    player = Objects.requireNonNull(contenders.get(sideOf(nextTurn++)), contender);
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
    return ALL.equals(contender)
        ? comparison.at(turn)
        : Side.valueOf(contender.toUpperCase(Locale.ROOT));
  }
}
