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
      # Faults measured: what an application observes when memcached fails

      `FaultSuiteIT` writes this page, with real memcached processes. To write it again:

          mvn -pl provider verify -Dit.test=FaultSuiteIT -Dfaults.write=true

      An ordinary build also runs the suite, and writes the table to `provider/target/faults.md`.

      Each row is one fault under a mixed load of %d threads (`get`, `getAll`, `put`, `remove`,
      `replace`, and `invoke` that increments counters) on a cache with `on.failure=degrade` and
      `timeout=%dms`. The load begins a second before the fault and ends a second after it.

      * **answers**: calls that returned. With `degrade` a read that cannot be carried out is a miss; a put
        or a removal that cannot be carried out is dropped, and made good by a removal before its server
        serves this client again. [Servers](servers.md#what-other-clients-see-of-a-fault) describes what
        clients observe that still reach the server in the meantime.
      * **misses**: keys that were read and not found, because they were removed or because the server could
        not be reached.
      * **exceptions**: calls that failed, by class and reason. Only calls fail that have no correct answer
        without the server (`invoke`, `replace`). A value that is too large is not cached.
      * **longest call**: no call may take longer than the timeout and 100 ms. The suite allows half
        a second more before it fails, and the longest pause, for machines with other load.
      * **longest pause**: the longest time for which the whole JVM was suspended.
      * **recovered after**: from the end of the fault until every server stored and returned values.
      * **wrong values**: values of another key, or torn ones. Must be 0.
      * **stale values**: values older than the last update of their key that had finished when the
        read began, at any time of the run. Must be 0.
      * **lost increments**: successful increments that another one has overwritten, or that are
        missing from the counter at the end although the server has kept its data. Must be 0.
      * **heap growth**: the memory in use near the end of the fault minus that before the load, each
        after a garbage collection.
      * **read of a lost key**: the median read from a server whose circuit breaker is open. Must be under
        1000.

      A connection that is given up is reset: the kernel discards what it has not delivered yet, and the
      network delivers nothing of it later. The server may still carry out what it has already received;
      therefore everything written meanwhile is removed when the server returns, and once more two timeouts
      and a second later. Only a request that is carried out later than that, by a server or by a proxy in
      front of it that was suspended while others answered, leaves an outdated value until the next update
      of the key, or until it expires.

      In the rows of [topology](topology.md) a configuration endpoint names the servers, and is asked
      every 100 ms. It names others %d ms after the last change. Former servers are asked for what has moved
      (`topology.warmup=1m`), but for the row without a warm-up. The last row has no change at all: the
      endpoint does not answer, names no server, answers garbage, and names servers twice.

      In the rows of [leases](leases.md) the same threads use the cache through two managers, with
      `lease.ttl=%dms` and `lease.wait=%dms`. It reads through: a load of up to 5 ms makes the version of
      its key that was the last one when it began. A put or a removal begins a version before it changes
      the entry, so that a value that was loaded before it and is read after it is a stale value. One
      call in %d is a `clear`, which does the same for the keys of its thread. Misses are loads there,
      and a call may take so much longer as it waits for the load of another one.

      The *winner* is another JVM that holds the leases of %d keys, and is in the midst of their loads when
      the fault begins; there is no `clear` then, which would end them. The callers of the first JVM read
      %d of these keys: they wait for the winner, and load themselves when its lease has ended. A third
      client updates half of them just before the fault, and half before its end. If the winner still
      lives, the other keys are updated then, the winner ends its loads, and reads all keys.

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
    return head() + String.join("\n", lines);
  }

  private static String head() {
    return HEAD.formatted(
        Load.THREADS,
        Trial.TIMEOUT.toMillis(),
        ChangingFleet.UNTIL_NEXT_CHANGE.toMillis(),
        Workload.LEASE.toMillis(),
        Workload.LONGEST_WAIT.toMillis(),
        Worker.ONE_CLEARING_OF,
        Winner.KEYS,
        Winner.READ_BY_OTHERS);
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
