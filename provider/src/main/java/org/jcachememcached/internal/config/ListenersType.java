package org.jcachememcached.internal.config;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jcachememcached.internal.config.type.ClassNameType;
import org.jcachememcached.internal.config.type.ValueType;

/** Lists of listeners with their options. Immutable. */
record ListenersType() implements ValueType<List<ListenerRule>> {

  @Override
  public List<ListenerRule> parse(String text) {
    return Arrays.stream(text.split(",")).map(ListenersType::listener).toList();
  }

  private static ListenerRule listener(String text) {
    Deque<String> words = new ArrayDeque<>(List.of(text.strip().split("\\s+")));
    String className = ClassNameType.nameIn(words.remove());
    boolean synchronous = false;
    boolean oldValues = false;
    String filter = "";
    while (!words.isEmpty()) {
      switch (words.remove()) {
        case "synchronous" -> synchronous = true;
        case "old-values" -> oldValues = true;
        case "filter" -> filter = ClassNameType.nameIn(next(words));
        default -> throw new IllegalArgumentException(text);
      }
    }
    return new ListenerRule(className, synchronous, oldValues, filter);
  }

  private static String next(Deque<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("no name after filter");
    }
    return words.remove();
  }

  @Override
  public String allowed() {
    return "for each listener, separated by commas, the full name of the class of a"
        + " CacheEntryListener or of a Factory of one, followed by any of synchronous, old-values"
        + " and filter with the full name of the class of a CacheEntryEventFilter or of a Factory"
        + " of one";
  }
}
