package org.jcachememcached;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What many threads have put under each key, and what they have got from it. Every number is meant
 * to be there once. Thread-safe.
 */
final class Ledger {

  private final Map<String, List<Long>> entries = new ConcurrentHashMap<>();

  void put(String key, long number) {
    add("put " + key, number);
  }

  void got(String key, long number) {
    add("got " + key, number);
  }

  private void add(String account, long number) {
    entries.compute(
        account,
        (name, numbers) -> {
          List<Long> longer = numbers == null ? new ArrayList<>() : numbers;
          longer.add(number);
          return longer;
        });
  }

  /** All numbers that were put, sorted, with their repetitions. */
  List<Long> puts(String key) {
    return numbers("put " + key);
  }

  /** All numbers that were got, sorted, with their repetitions. */
  List<Long> gots(String key) {
    return numbers("got " + key);
  }

  private List<Long> numbers(String account) {
    return entries.getOrDefault(account, List.of()).stream().sorted().toList();
  }

  /** The ledger as one line. */
  String print() {
    return new TreeMap<>(entries)
        .entrySet().stream()
            .map(
                account ->
                    account.getValue().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ", account.getKey() + " ", "")))
            .collect(Collectors.joining(","));
  }

  /** Enters what another ledger has printed. */
  void addAll(String line) {
    if (!line.isEmpty()) {
      Arrays.stream(line.split(",", -1)).forEach(this::addAccount);
    }
  }

  private void addAccount(String account) {
    String[] words = account.split(" ", -1);
    for (int i = 2; i < words.length; i++) {
      add(words[0] + " " + words[1], Long.parseLong(words[i]));
    }
  }
}
