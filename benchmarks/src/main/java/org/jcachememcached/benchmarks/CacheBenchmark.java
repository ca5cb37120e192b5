package org.jcachememcached.benchmarks;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** The jobs that are measured, done by the contender whose turn it is. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
@Warmup(iterations = 15, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 150, timeUnit = TimeUnit.MILLISECONDS)
public class CacheBenchmark {

  @Benchmark
  public @Nullable String getHit(Duel duel) {
    return duel.player().get(duel.data().anyUser());
  }

  @Benchmark
  public @Nullable String getMiss(Duel duel) {
    return duel.player().get(duel.data().anyStranger());
  }

  @Benchmark
  public @Nullable String getAccessed(Duel duel) {
    return duel.player().visit(duel.data().anyVisited());
  }

  @Benchmark
  public void put(Duel duel) {
    duel.player().put(duel.data().anyUser(), duel.data().anyValue());
  }

  @Benchmark
  public Map<String, String> getAll100(Duel duel) {
    return duel.player().getAll(duel.data().anyGroup().keySet());
  }

  @Benchmark
  public void putAll100(Duel duel) {
    duel.player().putAll(duel.data().anyGroup());
  }

  @Benchmark
  public int invokeOwnKey(Duel duel) {
    return duel.player().increment(duel.data().anyCounter());
  }

  @Benchmark
  public int invokeOneKey(Duel duel) {
    return duel.player().increment(duel.data().busyCounter());
  }

  @Benchmark
  public long iterate(Duel duel) {
    return duel.player().iterate();
  }
}
