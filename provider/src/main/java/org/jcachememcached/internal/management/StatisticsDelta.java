package org.jcachememcached.internal.management;

/** The effects of one call on the statistics. Not thread-safe. */
public final class StatisticsDelta {

  private int hits;
  private int misses;
  private int puts;
  private int removals;
  private int nearHits;
  private int nearMisses;
  private int leaseWaits;
  private long leaseWaitMillis;
  private int leaseWaitTimeouts;
  private int lostLeases;
  private int staleHits;
  private int refreshes;

  public void hit() {
    hits++;
  }

  public void miss() {
    misses++;
  }

  public void put() {
    puts++;
  }

  /** Resets the number of puts. */
  public void forgetPuts() {
    puts = 0;
  }

  public void removal() {
    removals++;
  }

  /** An entry was found in the near cache; the hit of the cache is counted besides. */
  public void nearHit() {
    nearHits++;
  }

  public void nearMiss() {
    nearMisses++;
  }

  /** The call has waited for the value of another one. */
  public void leaseWait(long millis) {
    leaseWaits++;
    leaseWaitMillis += millis;
  }

  /** The call loads for itself, because it has waited long enough. */
  public void leaseWaitTimeout() {
    leaseWaitTimeouts++;
  }

  /** A value that was loaded is not stored, because the lease has ended. */
  public void lostLease() {
    lostLeases++;
  }

  /** A hit has found the value of an entry past its deadline. */
  public void staleHit() {
    staleHits++;
  }

  /** An entry was loaded anew in the background. */
  public void refresh() {
    refreshes++;
  }

  public void add(StatisticsDelta other) {
    hits += other.hits;
    misses += other.misses;
    puts += other.puts;
    removals += other.removals;
    nearHits += other.nearHits;
    nearMisses += other.nearMisses;
    leaseWaits += other.leaseWaits;
    leaseWaitMillis += other.leaseWaitMillis;
    leaseWaitTimeouts += other.leaseWaitTimeouts;
    lostLeases += other.lostLeases;
    staleHits += other.staleHits;
    refreshes += other.refreshes;
  }

  int hits() {
    return hits;
  }

  int misses() {
    return misses;
  }

  int puts() {
    return puts;
  }

  int removals() {
    return removals;
  }

  int nearHits() {
    return nearHits;
  }

  int nearMisses() {
    return nearMisses;
  }

  int leaseWaits() {
    return leaseWaits;
  }

  long leaseWaitMillis() {
    return leaseWaitMillis;
  }

  int leaseWaitTimeouts() {
    return leaseWaitTimeouts;
  }

  int lostLeases() {
    return lostLeases;
  }

  int staleHits() {
    return staleHits;
  }

  int refreshes() {
    return refreshes;
  }
}
