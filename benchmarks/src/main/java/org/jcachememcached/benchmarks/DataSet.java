package org.jcachememcached.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is stored and asked for: users with values of 1 KiB, in groups of 100, and counters.
 * Immutable.
 */
final class DataSet {

  static final int USERS = 100_000;
  static final int GROUP_SIZE = 100;

  /** So many that two threads seldom meet at one. */
  static final int COUNTERS = 10_000;

  private static final int VISITED = 1_000;
  private static final String BUSY_COUNTER = "busy";
  private static final String VALUE = "0123456789abcdef".repeat(64);

  private final List<Map<String, String>> groups = new ArrayList<>();

  DataSet() {
    for (int first = 0; first < USERS; first += GROUP_SIZE) {
      Map<String, String> group = new LinkedHashMap<>();
      for (int number = first; number < first + GROUP_SIZE; number++) {
        group.put(user(number), VALUE);
      }
      groups.add(group);
    }
  }

  /** Stores everything. */
  void fill(Contender contender) {
    groups.forEach(contender::putAll);
    for (int number = 0; number < COUNTERS; number++) {
      contender.reset(counter(number));
    }
    contender.reset(BUSY_COUNTER);
    for (int number = 0; number < VISITED; number++) {
      contender.prepareVisits(user(number), VALUE);
    }
  }

  /** A user that is stored. */
  String anyUser() {
    return user(random(USERS));
  }

  /** A value like the others. */
  String anyValue() {
    return VALUE;
  }

  /** A key like the others, under which nothing is stored. */
  String anyStranger() {
    return user(USERS + random(USERS));
  }

  /** 100 users and their values. */
  Map<String, String> anyGroup() {
    return groups.get(random(groups.size()));
  }

  String anyCounter() {
    return counter(random(COUNTERS));
  }

  /** The counter that all threads meet at. */
  String busyCounter() {
    return BUSY_COUNTER;
  }

  /** A user whose life is prolonged by each visit. */
  String anyVisited() {
    return user(random(VISITED));
  }

  private static String user(int number) {
    return "user:" + number;
  }

  private static String counter(int number) {
    return "counter:" + number;
  }

  private static int random(int bound) {
    return ThreadLocalRandom.current().nextInt(bound);
  }
}
