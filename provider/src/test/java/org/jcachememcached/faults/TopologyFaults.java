package org.jcachememcached.faults;

import static org.jcachememcached.faults.Workload.SMALL_VALUES;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The rows of the fault suite in which servers come and go. */
interface TopologyFaults {

  /** How long former servers are asked where they are. */
  String WARM = "1m";

  /** Adds a row, and asserts that the fault did no harm. */
  void assertHarmless(Findings findings);

  @Test
  @Order(21)
  default void serversAreAddedAndRemoved() {
    try (ChangingFleet fleet = fleetOf(4, 0, 1, 2);
        Trial trial = fleet.start("topology: added, removed, 3 times", WARM, SMALL_VALUES)) {
      for (int time = 0; time < 3; time++) {
        change(trial, fleet, 0, 1, 2, 3);
        change(trial, fleet, 1, 2, 3);
        change(trial, fleet, 0, 1, 2);
      }
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(22)
  default void serversAreReplaced() {
    try (ChangingFleet fleet = fleetOf(7, 0, 1, 2);
        Trial trial = fleet.start("topology: one replaced, then all", WARM, SMALL_VALUES)) {
      change(trial, fleet, 0, 1, 3);
      change(trial, fleet, 4, 5, 6);
      assertHarmless(trial.conclude());
    }
  }

  @Test
  @Order(23)
  default void serversReturnWithOldData() {
    String fault = "topology: returns with old data, 8 times, no warm-up";
    try (ChangingFleet fleet = fleetOf(3, 0, 1, 2);
        Trial trial = fleet.start(fault, "0s", SMALL_VALUES)) {
      for (int time = 0; time < 8; time++) {
        change(trial, fleet, 0, 1);
        change(trial, fleet, 0, 1, 2);
      }
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(24)
  default void serverIsLostAndReplaced() {
    try (ChangingFleet fleet = fleetOf(4, 0, 1, 2);
        Trial trial = fleet.start("topology: lost (kill -9), then replaced", WARM, SMALL_VALUES)) {
      trial.breakDown(fleet.server(2)::kill, FaultSuiteIT.OUTAGE);
      trial.mend(() -> fleet.name(0, 1, 3));
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(25)
  default void sourceOfServersFails() {
    try (ChangingFleet fleet = fleetOf(3, 0, 1, 2);
        Trial trial =
            fleet.start(
                "topology: source silent, empty, garbage, duplicates", WARM, SMALL_VALUES)) {
      trial.disturb(fleet.source()::silence, ChangingFleet.UNTIL_NEXT_CHANGE);
      trial.disturb(fleet::name, ChangingFleet.UNTIL_NEXT_CHANGE);
      trial.disturb(
          () -> fleet.source().garbage("CONFIG cluster 0 5\r\n???\r\n\r\nEND\r\n"),
          ChangingFleet.UNTIL_NEXT_CHANGE);
      change(trial, fleet, 0, 1, 1, 2, 2);
      assertHarmless(trial.conclude());
    }
  }

  private static ChangingFleet fleetOf(int size, int... first) {
    ChangingFleet fleet = ChangingFleet.of(size);
    fleet.name(first);
    return fleet;
  }

  private static void change(Trial trial, ChangingFleet fleet, int... servers) {
    trial.disturb(() -> fleet.name(servers), ChangingFleet.UNTIL_NEXT_CHANGE);
  }
}
