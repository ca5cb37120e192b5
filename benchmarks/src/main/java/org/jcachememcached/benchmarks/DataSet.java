package org.jcachememcached.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * What is stored and asked for: users with values of 1 KiB, in groups of 100, and counters. All
 * keys exist before, so that callers make none. Immutable.
 */
final class DataSet {

  private static final int USERS = 10_000;
  private static final int GROUP_SIZE = 100;

  /** So many that two callers seldom meet at one. */
  private static final int COUNTERS = 10_000;

  private static final int VISITED = 1_000;
  private static final String BUSY_COUNTER = "busy";

  /** The user that is stored last. */
  private static final String LAST = "last";

  private static final String VALUE = "0123456789abcdef".repeat(64);

  private final List<String> users = keys("user:", USERS);
  private final List<String> visited = keys("user:", VISITED);
  private final List<String> strangers = keys("none:", USERS);
  private final List<String> counters = keys("counter:", COUNTERS);
  private final List<Map<String, String>> groups = new ArrayList<>();

  DataSet() {
    for (int first = 0; first < USERS; first += GROUP_SIZE) {
      Map<String, String> group = new LinkedHashMap<>();
      users.subList(first, first + GROUP_SIZE).forEach(user -> group.put(user, VALUE));
      groups.add(group);
    }
  }

  private static List<String> keys(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(number -> prefix + number).toList();
  }

  /** Stores everything, unless it is there. */
  void fill(Contender contender) {
    if (contender.get(LAST) != null) {
      return;
    }
    groups.forEach(contender::putAll);
    counters.forEach(contender::reset);
    contender.reset(BUSY_COUNTER);
    visited.forEach(user -> contender.prepareVisits(user, VALUE));
    contender.put(LAST, VALUE);
  }

  /** A user that is stored. */
  String anyUser() {
    return any(users);
  }

  /** A value like the others. */
  String anyValue() {
    return VALUE;
  }

  /** A key like the others, under which nothing is stored. */
  String anyStranger() {
    return any(strangers);
  }

  /** 100 users and their values. */
  Map<String, String> anyGroup() {
    return any(groups);
  }

  String anyCounter() {
    return any(counters);
  }

  /** The counter that all callers meet at. */
  String busyCounter() {
    return BUSY_COUNTER;
  }

  /** A user whose life is prolonged by each visit. */
  String anyVisited() {
    return any(visited);
  }

  private static <T> T any(List<T> list) {
    return list.get(ThreadLocalRandom.current().nextInt(list.size()));
  }
}
