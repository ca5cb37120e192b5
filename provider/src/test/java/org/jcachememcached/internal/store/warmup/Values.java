package org.jcachememcached.internal.store.warmup;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoredItem;

/** Texts in envelopes, as caches store them. */
final class Values {

  private Values() {}

  static Item item(String value) {
    Envelope envelope =
        Envelope.seal(
            new EncodedValue(1, value.getBytes(UTF_8)), Item.FOREVER, Envelope.NO_WRITE_ID, null);
    return new Item(envelope.flags(), envelope.data(), Item.FOREVER);
  }

  static String text(StoredItem item) {
    if (item.flags() == Command.Count.FLAGS) {
      return new String(item.data(), UTF_8);
    }
    Envelope envelope = Envelope.open(item.flags(), item.data());
    return new String(envelope.data(), envelope.payloadOffset(), envelope.payloadLength(), UTF_8);
  }
}
