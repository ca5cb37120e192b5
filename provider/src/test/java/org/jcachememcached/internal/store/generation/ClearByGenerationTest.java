package org.jcachememcached.internal.store.generation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.FakeClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a clear costs, who sees it when, and what becomes of calls that are under way. */
class ClearByGenerationTest {

  private static final Predicate<Command> OF_GENERATION =
      command -> command.key().equals(Client.GENERATION_KEY);
  private static final Predicate<Command> OF_ENTRY = OF_GENERATION.negate();

  private final FakeClock clock = new FakeClock();
  private final RehearsedStore shared = new RehearsedStore(clock);
  private final Client client = client(Duration.ZERO);
  private final Client other = client(Duration.ZERO);

  private Client client(Duration check) {
    return new Client(shared, check, clock);
  }

  // What it costs

  @Test
  void everythingTakesOneRoundTripOnceTheGenerationIsKnown() {
    client.put("key", "value");
    long cas = client.casOf("key");
    shared.roundTrips();

    client.put("other", "value");
    assertThat(shared.roundTrips()).isEqualTo(1);
    assertThat(client.get("key")).isEqualTo("value");
    assertThat(shared.roundTrips()).isEqualTo(1);
    assertThat(client.compareAndSet("key", "changed", cas)).isEqualTo(Reply.DONE);
    assertThat(shared.roundTrips()).isEqualTo(1);
    client.clear();
    assertThat(shared.roundTrips()).isEqualTo(1);
    assertThat(client.get("key")).isNull();
    assertThat(shared.roundTrips()).isEqualTo(1);
  }

  @Test
  void theFirstCallReadsTheGenerationAndMakesItWhereThereIsNone() {
    client.get("key");
    assertThat(shared.roundTrips()).isEqualTo(3);

    other.get("key");
    assertThat(shared.roundTrips()).isEqualTo(2);
  }

  // Who sees it when

  @Test
  void anotherClientSeesItWithItsNextCall() {
    client.put("key", "old");
    assertThat(other.get("key")).isEqualTo("old");
    client.clear();
    shared.roundTrips();

    assertThat(other.get("key")).isNull();
    assertThat(shared.roundTrips()).isEqualTo(2);
    assertThat(other.get("key")).isNull();
    assertThat(shared.roundTrips()).isEqualTo(1);
  }

  @Test
  void aPutAfterAnotherClientsClearIsForAllClients() {
    other.put("key", "old");
    client.clear();

    other.put("key", "new");

    assertThat(client.get("key")).isEqualTo("new");
    assertThat(other.get("key")).isEqualTo("new");
  }

  @Test
  void aScanListsTheLatestGenerationOnly() {
    List.of("a", "b", "c").forEach(key -> client.put(key, "old"));
    other.clear();
    List.of("c", "d", "e").forEach(key -> other.put(key, "new"));

    assertThat(client.keys()).containsExactlyInAnyOrder("c", "d", "e");
  }

  // What is under way

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGetDuringAClearFindsNothing(boolean beforeTheEntryIsRead) {
    client.put("key", "old");

    shared.before(beforeTheEntryIsRead ? OF_ENTRY : OF_GENERATION, other::clear);

    assertThat(client.get("key")).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPutDuringAClearIsStoredAfterIt(boolean beforeTheEntryIsStored) {
    client.get("key");

    shared.before(beforeTheEntryIsStored ? OF_ENTRY : OF_GENERATION, other::clear);
    client.put("key", "new");

    assertThat(other.get("key")).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCompareAndSetDuringAClearFindsNoEntry(boolean beforeTheEntryIsStored) {
    client.put("key", "old");
    long cas = client.casOf("key");

    shared.before(beforeTheEntryIsStored ? OF_ENTRY : OF_GENERATION, other::clear);

    assertThat(client.compareAndSet("key", "new", cas)).isEqualTo(Reply.ABSENT);
    assertThat(client.get("key")).isNull();
  }

  @Test
  void anAddDuringAClearMeetsWhatWasStoredAfterIt() {
    client.get("key");

    shared.before(
        OF_GENERATION,
        () -> {
          other.clear();
          other.put("key", "first");
        });

    assertThat(client.add("key", "second")).isEqualTo(Reply.PRESENT);
    assertThat(client.get("key")).isEqualTo("first");
  }

  @Test
  void aTokenFitsNoEntryOfAnotherGeneration() {
    client.put("key", "old");
    long cas = client.casOf("key");
    shared.restart();
    other.put("key", "new");
    assertThat(shared.send(List.of(new Command.Get(Client.GENERATION_KEY))).join())
        .as("the restarted store assigns the same CAS values again")
        .extracting(reply -> requireNonNull(reply.item()).cas())
        .containsExactly(1L);

    assertThat(client.compareAndSet("key", "lost update", cas)).isEqualTo(Reply.CHANGED);
    assertThat(other.get("key")).isEqualTo("new");
  }

  // When the generation is gone

  @Test
  void anEvictedGenerationIsAClear() {
    client.put("key", "old");
    other.get("key");
    sendDirectly(eviction());

    assertThat(client.get("key")).isNull();
    assertThat(other.get("key")).isNull();
    client.put("key", "new");
    assertThat(other.get("key")).isEqualTo("new");
  }

  @Test
  void theLoserOfTheRaceToCreateOneTakesTheWinners() {
    shared.before(command -> command instanceof Command.Add, () -> other.put("key", "winner's"));

    assertThat(client.get("key")).isEqualTo("winner's");
  }

  @Test
  void aGenerationThatVanishesAgainAndAgainIsAFailure() {
    for (int i = 0; i < 10; i++) {
      shared.before(command -> command instanceof Command.Add, () -> sendDirectly(generation()));
      shared.before(command -> command instanceof Command.Get, () -> sendDirectly(eviction()));
    }

    assertThat(failureOf(client.delete("key")))
        .hasMessageContaining("'app:cache:generation' was removed 5 times while it was read")
        .extracting(StoreException::reason)
        .isEqualTo(Reason.REJECTED);
  }

  private static Command generation() {
    return new Command.Set(Client.GENERATION_KEY, Generation.random().item());
  }

  private static Command eviction() {
    return new Command.Delete(Client.GENERATION_KEY);
  }

  private void sendDirectly(Command command) {
    shared.send(List.of(command)).join();
  }

  // When it cannot be read

  @Test
  void withoutGenerationNothingIsAnswered() {
    client.put("key", "value");
    shared.fail(OF_GENERATION);

    StoreException failure = failureOf(client.send(new Command.Get("app:cache:-----------:key")));

    assertThat(failure)
        .hasMessage("the generation of 'app:cache:' is not known: no answer")
        .extracting(StoreException::reason)
        .isEqualTo(Reason.TIMEOUT);
    assertThat(failure.isOutcomeUnknown()).isFalse();
    assertThat(failureOf(client.set("key", "new")).isOutcomeUnknown())
        .as("a set that was not sent")
        .isFalse();
  }

  @Test
  void whatWasDoneBelowAGenerationInDoubtMayHaveTakenEffect() {
    client.put("key", "value");
    shared.fail(OF_GENERATION);

    assertThat(failureOf(client.set("key", "new")).isOutcomeUnknown()).isTrue();
  }

  @Test
  void whatHadNoEffectBelowAnyGenerationHasNone() {
    client.put("key", "value");
    shared.fail(OF_GENERATION);

    assertThat(failureOf(client.add("key", "new")).isOutcomeUnknown()).isFalse();
  }

  @Test
  void aFailedEntryFailsAlone() {
    client.put("key", "value");
    shared.fail(OF_ENTRY);

    assertThat(failureOf(client.set("key", "new"))).hasMessage("no answer");
  }

  @Test
  void aForeignItemInItsPlaceIsAFailureUntilTheNextClear() {
    client.put("key", "old");
    sendDirectly(new Command.Set(Client.GENERATION_KEY, Client.item("two words 1")));

    assertThat(failureOf(client.set("key", "new")))
        .hasMessage(
            "the generation of 'app:cache:' is not known: what is stored below"
                + " 'app:cache:generation' has 11 bytes, but must be a generation: 11 characters of"
                + " base64");
    client.clear();
    assertThat(client.get("key")).isNull();
  }

  @Test
  void aClearThatFailsSaysSo() {
    client.put("key", "value");
    shared.fail(OF_GENERATION);

    assertThatExceptionOfType(StoreException.class).isThrownBy(client::clear);
    shared.fail(command -> false);
    assertThat(client.get("key")).isEqualTo("value");
  }

  @Test
  void aScanWithoutGenerationFails() {
    shared.fail(OF_GENERATION);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(client::keys)
        .withMessageContaining("the generation of 'app:cache:' is not known");
  }

  // Invalidations

  @Test
  void anInvalidationConcernsTheLatestGeneration() {
    client.put("key", "stale");
    client.put("kept", "value");
    shared.fail(OF_ENTRY);
    other.clear();
    client.set("key", "new");
    shared.fail(command -> false);
    other.put("key", "stale");
    other.put("kept", "value");

    client.invalidate("key");

    assertThat(other.get("key")).isNull();
    assertThat(other.get("kept")).isEqualTo("value");
  }

  @Test
  void anInvalidationWhileTheGenerationIsUnknownConcernsTheWholeCache() {
    client.put("key", "stale");
    shared.fail(OF_GENERATION);
    client.set("key", "new");
    shared.fail(command -> false);

    client.invalidate("key");

    assertThat(other.get("key")).isNull();
    assertThat(client.get("key")).isNull();
  }

  // Reads that go by an older reading

  @Test
  void readsSeeTheClearOfAnotherClientAfterTheCheckAtTheLatest() {
    Client lenient = client(Duration.ofSeconds(2));
    lenient.put("key", "old");
    clock.advance(Duration.ofMillis(1500));
    other.clear();

    assertThat(lenient.get("key")).isEqualTo("old");
    clock.advance(Duration.ofMillis(499));
    assertThat(lenient.get("key")).isEqualTo("old");
    clock.advance(Duration.ofMillis(1));
    assertThat(lenient.get("key")).isNull();
  }

  @Test
  void readsSeeTheOwnClearAtOnce() {
    Client lenient = client(Duration.ofSeconds(2));
    lenient.put("key", "old");

    lenient.clear();

    assertThat(lenient.get("key")).isNull();
  }

  @Test
  void writesAlwaysAsk() {
    Client lenient = client(Duration.ofSeconds(2));
    lenient.put("key", "old");
    other.clear();

    lenient.put("key", "new");

    assertThat(other.get("key")).isEqualTo("new");
    assertThat(lenient.get("key")).isEqualTo("new");
  }

  @Test
  void readsDoNotNeedTheServerOfTheGeneration() {
    Client lenient = client(Duration.ofSeconds(2));
    lenient.put("key", "value");
    shared.fail(OF_GENERATION);

    assertThat(lenient.get("key")).isEqualTo("value");
  }

  @Test
  void aClockThatIsSetBackMakesReadsAsk() {
    Client lenient = client(Duration.ofSeconds(2));
    lenient.put("key", "old");
    other.clear();

    clock.advance(Duration.ofHours(-1));

    assertThat(lenient.get("key")).isNull();
  }

  private static StoreException failureOf(Reply reply) {
    return requireNonNull(reply.failure());
  }
}
