package org.jcachememcached.internal.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.rmi.server.UID;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.envelope.TagVersion;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;

/** What may be stored below a key and yet is no entry of a cache of strings. */
enum Leftovers {
  /** An entry of a client with listeners for expired entries. */
  EXPIRED {
    @Override
    Item item(long now) {
      return sealed(Codecs.java().encode("old"), now);
    }
  },
  EXPIRED_UNDECODABLE {
    @Override
    Item item(long now) {
      return sealed(new EncodedValue(SERIALIZED, new byte[] {1}), now);
    }
  },
  /** An entry whose tag was invalidated. */
  OF_AN_INVALID_TAG {
    @Override
    Item item(long now) {
      return tagged(Item.FOREVER);
    }
  },
  /** The same, and it would have expired by now: its end was the invalidation. */
  OF_AN_INVALID_TAG_AND_EXPIRED {
    @Override
    Item item(long now) {
      return tagged(now);
    }
  },
  /** A lease that has ended because its holder has. */
  LEASE {
    @Override
    Item item(long now) {
      return lease(now, now + 5_000);
    }
  },
  /** What a removal by a client with a writer leaves for a minute. */
  TOMBSTONE {
    @Override
    Item item(long now) {
      return sealed(new EncodedValue(0, new byte[0]), Envelope.NO_ENTRY);
    }
  },
  OF_ANOTHER_CLIENT {
    @Override
    Item item(long now) {
      return new Item(0, new byte[] {1}, Item.FOREVER);
    }
  },
  CUT_SHORT {
    @Override
    Item item(long now) {
      return new Item(sealed(text(), now + 1).flags(), new byte[3], Item.FOREVER);
    }
  },
  OF_A_LATER_RELEASE {
    @Override
    Item item(long now) {
      Item today = sealed(text(), Item.FOREVER);
      return new Item(today.flags() + NEXT_VERSION, today.data(), Item.FOREVER);
    }
  },
  OF_AN_UNKNOWN_FORM {
    @Override
    Item item(long now) {
      return sealed(new EncodedValue(EncodedValue.MAX_ID, new byte[] {1}), Item.FOREVER);
    }
  },
  DAMAGED {
    @Override
    Item item(long now) {
      return sealed(new EncodedValue(SERIALIZED, new byte[] {1, 2, 3}), Item.FOREVER);
    }
  },
  DAMAGED_WITH_A_DEADLINE {
    @Override
    Item item(long now) {
      return sealed(new EncodedValue(SERIALIZED, new byte[] {1, 2, 3}), now + 10_000);
    }
  },
  OF_A_CLASS_THAT_IS_GONE {
    @Override
    Item item(long now) {
      byte[] serialized = serialized(new UID());
      byte[] name = "java.rmi.server.UID".getBytes(StandardCharsets.ISO_8859_1);
      int at = indexOf(serialized, name);
      System.arraycopy(
          "java.rmi.server.Old".getBytes(StandardCharsets.ISO_8859_1),
          0,
          serialized,
          at,
          name.length);
      return sealed(new EncodedValue(SERIALIZED, serialized), Item.FOREVER);
    }
  },
  REFUSED_BY_POLICY {
    @Override
    Item item(long now) {
      return sealed(new EncodedValue(SERIALIZED, serialized(new UID())), Item.FOREVER);
    }
  },
  OF_ANOTHER_KEY {
    @Override
    Item item(long now) {
      Envelope envelope = Envelope.seal(text(), Item.FOREVER, Envelope.NO_WRITE_ID, new byte[] {1});
      return new Item(envelope.flags(), envelope.data(), Item.FOREVER);
    }
  },
  OF_ANOTHER_TYPE {
    @Override
    Item item(long now) {
      return sealed(Codecs.java().encode(42), Item.FOREVER);
    }
  };

  private static final int SERIALIZED = 1;
  private static final int NEXT_VERSION = 0x2000;

  /** The item as it lies in the store at a time, in milliseconds since the epoch. */
  abstract Item item(long now);

  /** Whether it cannot be decoded, so that the failure policy matters. */
  boolean isUndecodable() {
    return compareTo(TOMBSTONE) > 0;
  }

  /** Puts it below the key {@code k} of the cache of the tests. */
  void plant(ItemStore store, InstantSource clock) {
    Command plant = new Command.Set("test:test:s.k", item(clock.millis()));
    store.send(List.of(plant)).join();
  }

  private static EncodedValue text() {
    return Codecs.java().encode("old");
  }

  /** A lease that ends then. */
  static Item lease(long end, long keepUntil) {
    Envelope lease = Envelope.sealLease(end, Long.MIN_VALUE | 1, null);
    return new Item(lease.flags(), lease.data(), keepUntil);
  }

  private static Item sealed(EncodedValue value, long deadline) {
    Envelope envelope = Envelope.seal(value, deadline, Envelope.NO_WRITE_ID, null);
    return new Item(envelope.flags(), envelope.data(), Item.FOREVER);
  }

  private static Item tagged(long deadline) {
    Envelope envelope =
        Envelope.seal(
            text(), deadline, Envelope.NO_WRITE_ID, null, List.of(new TagVersion("tag", 1)));
    return new Item(envelope.flags(), envelope.data(), Item.FOREVER);
  }

  private static byte[] serialized(Object object) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    int at = 0;
    while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
      at++;
    }
    return at;
  }
}
