package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.cache.Cache;
import org.jcachememcached.api.CallObserver;
import org.jspecify.annotations.Nullable;

/** Records the calls, and which of them a thread works on. Thread-safe. */
final class RecordedCalls implements CallObserver {

  final List<String> begun = new CopyOnWriteArrayList<>();
  final List<String> ended = new CopyOnWriteArrayList<>();
  private final ThreadLocal<Deque<String>> entered = ThreadLocal.withInitial(ArrayDeque::new);

  @Override
  public Call begin(Cache<?, ?> cache, String operation) {
    String name = operation + " of " + cache.getName();
    begun.add(name);
    return new Call() {
      @Override
      public Scope enter() {
        entered.get().push(name);
        return () -> assertThat(entered.get().pop()).isEqualTo(name);
      }

      @Override
      public void end(@Nullable Throwable failure) {
        assertThat(entered.get()).doesNotContain(name);
        ended.add(failure == null ? name : name + ": " + failure.getClass().getSimpleName());
      }
    };
  }

  Set<String> operations() {
    return begun.stream()
        .map(call -> call.substring(0, call.indexOf(' ')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What this thread works on, the innermost call first. */
  List<String> current() {
    return List.copyOf(entered.get());
  }
}
