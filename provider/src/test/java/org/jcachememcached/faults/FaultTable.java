package org.jcachememcached.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The page that says what callers see of each fault. Not thread-safe. */
final class FaultTable {

  private static final String HEAD =
      """
      # What an application sees when memcached fails

      Written by `FaultSuiteIT`, on real memcached processes. To write it anew:

          mvn -pl provider verify -Dit.test=FaultSuiteIT -Dfaults.write=true

      An ordinary build runs the suite too, and leaves the table in `provider/target/faults.md`.

      One row is one fault under a mixed load of %d threads (`get`, `getAll`, `put`, `remove`,
      `replace`, and `invoke` that increments counters) on a cache with `on.failure=degrade` and
      `timeout=%dms`. The load begins a second before the fault and goes on for a second after it.

      * **answers**: calls that returned. Under `degrade` a read that cannot be made is a miss; a put
        or a removal that cannot be made is dropped and made good by a removal before its server
        serves this client again. What clients see that still reach the server meanwhile is in [How a
        store deals with its servers](servers.md#what-other-clients-see-of-a-fault).
      * **misses**: keys that were read and not found: removed ones, and those that could not be
        asked for.
      * **exceptions**: calls that failed, by class and reason. Only those fail that cannot be
        answered truthfully without the server (`invoke`, `replace`). A value that is too large is not
        cached.
      * **longest call**: no call may take longer than the timeout and 100 ms. The suite allows half
        a second more before it fails, and the longest pause, for machines that are busy with other
        things.
      * **longest pause**: how long the whole JVM stood still at most.
      * **recovered after**: from the end of the fault until every server took and returned values.
      * **wrong values**: values of another key, or torn ones. Must be 0.
      * **stale values**: values older than the last update of their key that had finished when the
        read began, at any time of the run. Must be 0.
      * **lost increments**: successful increments that another one has overwritten, or that are
        missing from the counter at the end where the server has kept its data. Must be 0.
      * **heap growth**: what is in use near the end of the fault more than before the load, each
        time after a garbage collection.
      * **read of a lost key**: the median read from a server that is given up. Must be under 1000.

      A connection that is given up is reset: what the kernel of this machine has not delivered yet is
      discarded, and the network delivers nothing of it later. What the server has received already
      it may still carry out: what was written meanwhile is removed when the server comes back, and
      once more two timeouts and a second later. Only a request that is carried out later than that,
      by a server or by a proxy in front of it that stood still while others answered, leaves an
      outdated value until the next update of the key, or until it expires.

      """;

  private final List<Findings> rows = new ArrayList<>();

  void add(Findings findings) {
    rows.add(findings);
  }

  void writeTo(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, this + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    lines.add(line(Findings.COLUMNS));
    lines.add(line(Collections.nCopies(Findings.COLUMNS.size(), "---")));
    rows.forEach(row -> lines.add(line(row.cells())));
    return HEAD.formatted(Load.THREADS, Trial.TIMEOUT.toMillis()) + String.join("\n", lines);
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
