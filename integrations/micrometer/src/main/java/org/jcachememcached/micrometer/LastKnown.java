package org.jcachememcached.micrometer;

import java.util.function.ToDoubleFunction;
import org.jcachememcached.api.NodeMXBean;

/**
 * A counter of a server that keeps its last value while the server is not reachable, because a
 * counter that falls and rises again would look like one that has counted. Thread-safe.
 */
final class LastKnown implements ToDoubleFunction<NodeMXBean> {

  private final ToDoubleFunction<NodeMXBean> statistic;
  private volatile double last = Double.NaN;

  /**
   * @param statistic what the server counts; negative while it is unknown
   */
  LastKnown(ToDoubleFunction<NodeMXBean> statistic) {
    this.statistic = statistic;
  }

  /** The last value that was not negative; NaN if there was none. */
  @Override
  public double applyAsDouble(NodeMXBean node) {
    double value = statistic.applyAsDouble(node);
    if (value >= 0) {
      last = value;
    }
    return last;
  }
}
