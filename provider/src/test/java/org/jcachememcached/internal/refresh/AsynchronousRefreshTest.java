package org.jcachememcached.internal.refresh;

import org.jcachememcached.AsynchronousCaches;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for calls that wait holds for those that do not. */
@ExtendWith(AsynchronousCaches.class)
class AsynchronousRefreshTest {

  @Nested
  class RefreshAhead extends RefreshAheadTest {}

  @Nested
  class StaleEntries extends StaleEntriesTest {}
}
