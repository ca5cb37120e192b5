package org.jcachememcached.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.internal.store.StoreDriver.item;

import org.jcachememcached.internal.store.Command.Claim;
import org.jcachememcached.internal.store.Reply.Status;
import org.junit.jupiter.api.Test;

/** How a store lets a client claim a key and know its CAS value. */
interface ClaimContract {

  /** Speaks to the store under test. */
  StoreDriver driver();

  /** Whether the store supports claims; otherwise it refuses all. */
  default boolean supportsClaims() {
    return true;
  }

  @Test
  default void claimsWhatIsAbsentOnce() {
    String key = driver().key("claimed");

    Reply reply = driver().send(new Claim(key, item("first"), Command.NO_CAS));

    if (!supportsClaims()) {
      assertThat(reply).isEqualTo(Reply.NOT_STORED);
      assertThat(driver().has(key)).isFalse();
      return;
    }
    assertThat(reply.status()).isEqualTo(Status.CLAIMED);
    assertThat(reply.number()).isEqualTo(driver().casOf(key)).isNotEqualTo(Command.NO_CAS);
    assertThat(driver().send(new Claim(key, item("second"), Command.NO_CAS)))
        .isEqualTo(Reply.CHANGED);
    assertThat(driver().valueOf(key)).isEqualTo("first");
  }

  @Test
  default void claimsWhatHasNotChanged() {
    String key = driver().key("claimed");
    driver().set(key, "old");
    long cas = driver().casOf(key);

    Reply reply = driver().send(new Claim(key, item("new"), cas));

    if (!supportsClaims()) {
      assertThat(reply).isEqualTo(Reply.NOT_STORED);
      assertThat(driver().valueOf(key)).isEqualTo("old");
      return;
    }
    assertThat(reply).isEqualTo(Reply.claimed(driver().casOf(key)));
    assertThat(driver().valueOf(key)).isEqualTo("new");
    assertThat(driver().send(new Claim(key, item("newer"), cas))).isEqualTo(Reply.CHANGED);
    assertThat(driver().send(new Command.CompareAndSet(key, item("newest"), reply.number())))
        .isEqualTo(Reply.DONE);
    driver().send(new Command.Delete(key));
    assertThat(driver().send(new Claim(key, item("again"), cas))).isEqualTo(Reply.CHANGED);
    assertThat(driver().has(key)).isFalse();
  }
}
