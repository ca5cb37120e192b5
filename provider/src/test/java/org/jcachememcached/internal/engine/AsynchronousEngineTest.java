package org.jcachememcached.internal.engine;

import org.jcachememcached.AsynchronousCaches;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What holds for calls that wait holds for those that do not: the same round trips, failures, lost
 * replies and races.
 */
@ExtendWith(AsynchronousCaches.class)
class AsynchronousEngineTest {

  @Nested
  class RoundTrips extends RoundTripsTest {}

  @Nested
  class Failures extends FailuresTest {}

  @Nested
  class GoingOnWithoutStore extends GoOnWithoutStoreTest {}

  @Nested
  class LostReplies extends LostAnswersTest {}

  @Nested
  class LostRaces extends LostRacesTest {}

  @Nested
  class WriteThroughRaces extends WriteThroughRacesTest {}

  @Nested
  class NestedCalls extends NestedCallsTest {}

  @Nested
  class Patience extends PatienceTest {}

  @Nested
  class LargeEntries extends LargeEntriesTest {}

  @Nested
  class TooLargeValues extends TooLargeValuesTest {}

  @Nested
  class Errors extends ErrorsTest {}

  @Nested
  class Leases extends LeasesTest {}

  @Nested
  class LeaseEnds extends LeaseEndsTest {}

  @Nested
  class Counting extends CountingTest {}
}
