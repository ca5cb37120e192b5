package org.jcachememcached.internal.store.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Samples.forAll;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.testing.FakeClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever clients do in whatever order, no client sees what was stored before a completed clear:
 * to each of them the cache is a map that can be cleared.
 */
class ClearPropertyTest {

  private static final int CLIENTS = 3;
  private static final List<String> KEYS = List.of("a", "b");

  private enum Deed {
    GET,
    PUT,
    ADD,
    REPLACE_READ,
    REMOVE,
    CLEAR,
    EVICT_GENERATION,
    RESTART
  }

  /** A cache, its clients, and a map of what must be found in it. */
  private static final class World {

    private final FakeClock clock = new FakeClock();
    private final RehearsedStore shared = new RehearsedStore(clock);
    private final List<Client> clients =
        List.of(
            new Client(shared, Duration.ZERO, clock),
            new Client(shared, Duration.ZERO, clock),
            new Client(shared, Duration.ZERO, clock));
    private final Map<String, String> expected = new HashMap<>();
    private int values;

    Client client(int number) {
      return clients.get(number % CLIENTS);
    }

    void does(Client client, Deed deed, String key) {
      switch (deed) {
        case GET -> assertThat(client.get(key)).isEqualTo(expected.get(key));
        case PUT -> client.put(key, expect(key, newValue()));
        case ADD -> add(client, key);
        case REPLACE_READ -> replaceRead(client, key);
        case REMOVE -> remove(client, key);
        case CLEAR -> clear(client);
        case EVICT_GENERATION -> evictGeneration();
        case RESTART -> restart();
      }
    }

    private void add(Client client, String key) {
      String value = newValue();
      assertThat(isDone(client.add(key, value))).isEqualTo(!expected.containsKey(key));
      expected.putIfAbsent(key, value);
    }

    private void replaceRead(Client client, String key) {
      if (expected.containsKey(key)) {
        String value = newValue();
        assertThat(client.compareAndSet(key, value, client.casOf(key))).isEqualTo(Reply.DONE);
        expect(key, value);
      }
    }

    private void remove(Client client, String key) {
      boolean removed = isDone(client.delete(key));
      assertThat(removed).isEqualTo(expected.containsKey(key));
      expected.remove(key);
    }

    private String expect(String key, String value) {
      expected.put(key, value);
      return value;
    }

    private String newValue() {
      return "value" + values++;
    }

    void clear(Client client) {
      client.clear();
      expected.clear();
    }

    private void evictGeneration() {
      shared.send(List.of(new Command.Delete(Client.GENERATION_KEY))).join();
      expected.clear();
    }

    private void restart() {
      shared.restart();
      expected.clear();
    }

    private static boolean isDone(Reply reply) {
      return reply.equals(Reply.DONE);
    }
  }

  @Test
  void toEveryClientTheCacheIsAMap() {
    forAll(samples -> theCacheIsAMap(samples.list(60, s -> s.between(0, 1_000_000))));
  }

  private static void theCacheIsAMap(List<Integer> choices) {
    World world = new World();
    for (int choice : choices) {
      Deed deed = Deed.values()[choice % Deed.values().length];
      world.does(world.client(choice / 8), deed, KEYS.get(choice / 24 % KEYS.size()));
    }
    world.clients.forEach(client -> KEYS.forEach(key -> world.does(client, Deed.GET, key)));
  }

  /** All combinations. */
  @ParameterizedTest
  @EnumSource
  void aClearInTheMidstOfAnythingHidesWhatWasThereBefore(Deed deed) {
    for (int actor = 0; actor < CLIENTS; actor++) {
      for (int clearer = 0; clearer < CLIENTS; clearer++) {
        for (int reader = 0; reader < CLIENTS; reader++) {
          for (int commandsBefore = 0; commandsBefore <= 3; commandsBefore++) {
            aClearHidesWhatWasThereBefore(deed, actor, clearer, reader, commandsBefore);
          }
        }
      }
    }
  }

  private static void aClearHidesWhatWasThereBefore(
      Deed deed, int actor, int clearer, int reader, int commandsBefore) {
    World world = new World();
    KEYS.forEach(key -> world.client(actor).put(key, "old"));
    world.client(reader).get("a");

    world.shared.before(new Nth(commandsBefore), world.client(clearer)::clear);
    act(world.client(actor), deed);
    // The clear that nothing has interrupted yet.
    world.client(clearer).get("b");
    world.client(clearer).get("b");

    assertThat(world.client(reader).get("a")).isNotEqualTo("old");
    assertThat(world.client(reader).get("b")).isNull();
  }

  private static void act(Client client, Deed deed) {
    switch (deed) {
      case GET -> client.get("a");
      case PUT -> client.put("a", "new");
      case ADD -> client.add("a", "new");
      case REPLACE_READ -> client.compareAndSet("a", "new", 1);
      case REMOVE -> client.delete("a");
      default -> client.clear();
    }
  }

  /** The command that comes after a number of others. */
  private static final class Nth implements Predicate<Command> {

    private int before;

    Nth(int before) {
      this.before = before;
    }

    @Override
    public boolean test(Command command) {
      return before-- == 0;
    }
  }
}
