package org.jcachememcached.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The calls per second of all callers in one turn, and the time that all threads of this JVM
 * compute for one call. JMH itself has percentiles or the rate, but not both. Not thread-safe.
 */
public final class TurnCost implements InternalProfiler {

  static final String RATE = "calls.rate";
  static final String CPU = "cpu.time.norm";

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long began;
  private long cpuBefore;

  @Override
  public String getDescription() {
    return "Calls per second and processor time for each call, of all threads";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    cpuBefore = system.getProcessCpuTime();
    began = System.nanoTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double seconds = (System.nanoTime() - began) / 1e9;
    double cpuMicros = (system.getProcessCpuTime() - cpuBefore) / 1e3;
    long calls = Math.max(1, result.getMetadata().getAllOps());
    return List.of(
        new ScalarResult(RATE, calls / seconds, "ops/s", AggregationPolicy.AVG),
        new ScalarResult(CPU, cpuMicros / calls, "us/op", AggregationPolicy.AVG));
  }
}
