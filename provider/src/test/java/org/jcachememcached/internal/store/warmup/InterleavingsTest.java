package org.jcachememcached.internal.store.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jcachememcached.internal.cache.EnvelopeWarmUpCodec;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Command.Append;
import org.jcachememcached.internal.store.Command.Append.Side;
import org.jcachememcached.internal.store.Command.Count;
import org.jcachememcached.internal.store.Command.Count.Direction;
import org.jcachememcached.internal.store.Command.Count.Initial;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.internal.store.warmup.Client.Call;
import org.jcachememcached.internal.store.warmup.Client.Next;
import org.jcachememcached.testing.FakeClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Puts the steps of several clients into every order, up to a number of switches between clients
 * that are not done yet, and compares with a single entry in a single place.
 */
class InterleavingsTest {

  private static final String KEY = "app:cache:key";
  private static final int UNBOUNDED = Integer.MAX_VALUE;

  /** What a client does. */
  private enum Task {
    GET,
    TOUCH,
    SET,
    ADD,
    REPLACE,
    APPEND,
    COUNT,
    DELETE,
    UPDATE,
    REMOVE
  }

  private static final Next READ = before -> new Command.Get(KEY);

  private static List<Next> commands(Task task) {
    return switch (task) {
      case GET -> List.of(READ);
      case TOUCH -> List.of(before -> new Command.Get(KEY, Item.FOREVER));
      case SET -> List.of(before -> new Command.Set(KEY, Values.item("set")));
      case ADD -> List.of(before -> new Command.Add(KEY, Values.item("added")));
      case REPLACE -> List.of(before -> new Command.Replace(KEY, Values.item("replaced")));
      case APPEND ->
          List.of(before -> new Append(KEY, new Item(0, new byte[] {'+'}, 0), Side.BACK));
      case COUNT ->
          List.of(before -> new Count(KEY, Direction.UP, 1, new Initial(5, Item.FOREVER)));
      case DELETE -> List.of(before -> new Command.Delete(KEY));
      case UPDATE ->
          List.of(
              READ, before -> new Command.CompareAndSet(KEY, Values.item("updated"), cas(before)));
      case REMOVE -> List.of(READ, before -> new Command.CompareAndDelete(KEY, cas(before)));
    };
  }

  private static long cas(@Nullable Reply before) {
    return before == null || before.item() == null ? Long.MAX_VALUE : before.item().cas();
  }

  private final EnvelopeWarmUpCodec codec = new EnvelopeWarmUpCodec(new FakeClock());
  private MigrationMode mode = MigrationMode.MOVE;
  private MigrationMode modeOfEveryOther = MigrationMode.MOVE;
  private boolean everyOtherHasGroupsSwapped;

  static Stream<Arguments> racesWithMigration() {
    return Stream.of(Task.SET, Task.DELETE, Task.ADD, Task.REPLACE, Task.APPEND, Task.COUNT)
        .map(Arguments::of);
  }

  private static Stream<Arguments> racesInEachMode() {
    return racesWithMigration()
        .flatMap(race -> modes().map(mode -> Arguments.of(race.get()[0], mode)));
  }

  private static Stream<MigrationMode> modes() {
    return Stream.of(MigrationMode.MOVE, MigrationMode.MIRROR, MigrationMode.COPY);
  }

  private void use(MigrationMode ofAll) {
    mode = ofAll;
    modeOfEveryOther = ofAll;
  }

  /** The race that matters most, in every single order there is. */
  @ParameterizedTest
  @MethodSource("racesInEachMode")
  void migrationRacesWrite(Task write, MigrationMode ofAll) {
    use(ofAll);
    assertThat(explore(List.of(Task.GET, write), UNBOUNDED)).isGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void anyTwo(MigrationMode ofAll) {
    use(ofAll);
    for (Task one : Task.values()) {
      for (Task other : Task.values()) {
        explore(List.of(one, other), 3);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void threeAtOnce(MigrationMode ofAll) {
    use(ofAll);
    explore(List.of(Task.GET, Task.DELETE, Task.GET), 3);
    explore(List.of(Task.GET, Task.DELETE, Task.ADD), 3);
    explore(List.of(Task.TOUCH, Task.DELETE, Task.ADD), 3);
    explore(List.of(Task.GET, Task.SET, Task.DELETE), 3);
    explore(List.of(Task.SET, Task.DELETE, Task.UPDATE), 3);
    explore(List.of(Task.GET, Task.DELETE, Task.COUNT), 3);
    explore(List.of(Task.COUNT, Task.DELETE, Task.COUNT), 3);
  }

  /** The rollout of a migration: some clients still have the groups the other way round. */
  @ParameterizedTest
  @MethodSource("racesWithMigration")
  void moversInBothDirections(Task write) {
    everyOtherHasGroupsSwapped = true;
    explore(List.of(Task.GET, write), 4);
    explore(List.of(write, Task.GET), 4);
    explore(List.of(Task.GET, write, Task.GET), 2);
  }

  /**
   * The former servers are not asked any more, but some clients have learned of the change later.
   */
  @ParameterizedTest
  @MethodSource("racesWithMigration")
  void clientsThatDoNotReadTheWarmGroupAnyMore(Task write) {
    mode = MigrationMode.COPY;
    modeOfEveryOther = MigrationMode.CLEAR;
    explore(List.of(Task.GET, write), 4);
    explore(List.of(write, Task.GET), 4);
    explore(List.of(Task.GET, write, Task.GET), 2);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void nothingStaleIsLeftByClientThatDies(MigrationMode ofAll) {
    use(ofAll);
    for (Task task : Task.values()) {
      for (int lastStep = 1; lastStep < 20; lastStep++) {
        ModelGroup cold = new ModelGroup();
        ModelGroup warm = warm();
        Client dying = client(0, task);
        for (int time = 0; time < lastStep && !dying.isDone(); time++) {
          dying.step(cold, warm, time);
        }

        String before = finalValue(cold, warm);
        cold.lose();

        String after = finalValue(cold, warm);
        if (after != null) {
          assertThat(after).as("%s until step %d", task, lastStep).isEqualTo(before);
        }
      }
    }
  }

  /** Runs all orders; returns how many there were. */
  private int explore(List<Task> tasks, int switches) {
    int orders = 0;
    int[] order = new int[0];
    while (order != null) {
      order = run(tasks, switches, order);
      orders++;
    }
    return orders;
  }

  /**
   * Runs the tasks in an order, which is a list of choices; after its end always the first choice.
   *
   * @return the next order, null after the last
   */
  private int @Nullable [] run(List<Task> tasks, int switches, int[] order) {
    ModelGroup cold = new ModelGroup();
    ModelGroup warm = warm();
    List<Client> clients = new ArrayList<>();
    tasks.forEach(task -> clients.add(client(clients.size(), task)));
    List<Integer> taken = new ArrayList<>();
    List<Integer> numberOfChoices = new ArrayList<>();
    Client current = null;
    int switchesLeft = switches;
    List<Client> choices = choices(clients, null, switchesLeft);
    for (int time = 0; !choices.isEmpty(); time++) {
      int choice = time < order.length ? order[time] : 0;
      Client next = choices.get(choice);
      if (current != null && next != current && !current.isDone()) {
        switchesLeft--;
      }
      current = next;
      taken.add(choice);
      numberOfChoices.add(choices.size());
      if (everyOtherHasGroupsSwapped && clients.indexOf(current) % 2 == 1) {
        current.step(warm, cold, time);
      } else {
        current.step(cold, warm, time);
      }
      choices = choices(clients, current, switchesLeft);
    }
    check(clients, cold, warm, taken.size());
    return nextOrder(taken, numberOfChoices);
  }

  private static List<Client> choices(
      List<Client> clients, @Nullable Client current, int switchesLeft) {
    if (current == null || current.isDone()) {
      return clients.stream().filter(client -> !client.isDone()).toList();
    }
    Stream<Client> others =
        switchesLeft == 0
            ? Stream.of()
            : clients.stream().filter(client -> client != current && !client.isDone());
    return Stream.concat(Stream.of(current), others).toList();
  }

  private static int @Nullable [] nextOrder(List<Integer> taken, List<Integer> numberOfChoices) {
    int last = taken.size() - 1;
    while (last >= 0 && taken.get(last) == numberOfChoices.get(last) - 1) {
      last--;
    }
    if (last < 0) {
      return null;
    }
    int[] next = Arrays.copyOf(taken.stream().mapToInt(i -> i).toArray(), last + 1);
    next[last]++;
    return next;
  }

  private void check(List<Client> clients, ModelGroup cold, ModelGroup warm, int time) {
    List<Call> calls = new ArrayList<>();
    clients.forEach(client -> calls.addAll(client.calls()));
    Call last = finalGet(cold, warm, time);
    calls.add(last);
    if (mode != modeOfEveryOther) {
      checkNothingStaleIsRead(calls);
    } else if (everyOtherHasGroupsSwapped) {
      calls.add(finalGet(warm, cold, last.end() + 1));
      checkNothingStaleIsRead(calls);
    } else {
      checkWarmGroup(cold, warm);
      checkBehavesLikeSingleEntry(calls);
    }
  }

  private void checkWarmGroup(ModelGroup cold, ModelGroup warm) {
    String leftInWarm = meaningOf(warm.current());
    if (leftInWarm != null) {
      assertThat(mode).isNotEqualTo(MigrationMode.MOVE);
      assertThat(leftInWarm).isEqualTo(meaningOf(cold.current()));
    }
  }

  private static void checkBehavesLikeSingleEntry(List<Call> calls) {
    History history = new History("old", calls);
    if (!history.isLinearizable()) {
      throw new AssertionError("No single entry behaves like this: " + history);
    }
  }

  /** Entries may be lost then, but what was replaced or removed never comes back. */
  private static void checkNothingStaleIsRead(List<Call> calls) {
    for (Call call : calls) {
      boolean changed = call.reply().isChange() || call.command() instanceof Command.Delete;
      if (changed && calls.stream().anyMatch(later -> isOldAfter(call, later))) {
        throw new AssertionError("A stale value was read: " + new History("old", calls));
      }
    }
  }

  private static boolean isOldAfter(Call call, Call later) {
    StoredItem item = later.reply().item();
    return later.begin() > call.end() && item != null && Values.text(item).equals("old");
  }

  private @Nullable String finalValue(ModelGroup cold, ModelGroup warm) {
    StoredItem item = finalGet(cold, warm, 0).reply().item();
    return item == null ? null : Values.text(item);
  }

  private Call finalGet(ModelGroup cold, ModelGroup warm, int from) {
    Client last = client(-1, Task.GET);
    for (int time = from; !last.isDone(); time++) {
      last.step(cold, warm, time);
    }
    return last.calls().get(0);
  }

  private @Nullable String meaningOf(@Nullable StoredItem item) {
    return item == null || codec.isPlaceholder(item) ? null : Values.text(item);
  }

  private Client client(int number, Task task) {
    return new Client(
        number,
        commands(task),
        command ->
            new MigratingCommand(
                command,
                number % 2 == 1 ? modeOfEveryOther : mode,
                codec,
                new MigrationProgress("Old servers")));
  }

  private static ModelGroup warm() {
    ModelGroup warm = new ModelGroup();
    warm.answer(new Command.Set(KEY, Values.item("old")));
    return warm;
  }
}
