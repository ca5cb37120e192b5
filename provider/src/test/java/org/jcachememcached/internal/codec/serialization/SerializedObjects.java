package org.jcachememcached.internal.codec.serialization;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.Keys;
import org.jcachememcached.internal.codec.Policies;
import org.jcachememcached.internal.config.CacheSettings;
import org.jspecify.annotations.Nullable;

/** Samples of serialized objects, read with a policy. */
final class SerializedObjects {

  /** What a cache of an application holds. */
  record Line(String article, BigDecimal price, Instant at, int count) implements Serializable {}

  /** A linked list made by hand: each element is a level of nesting. */
  static final class Node implements Serializable {
    private static final long serialVersionUID = 1L;
    final @Nullable Node next;

    private Node(@Nullable Node next) {
      this.next = next;
    }

    static Node chain(int length) {
      Node first = new Node(null);
      for (int i = 1; i < length; i++) {
        first = new Node(first);
      }
      return first;
    }
  }

  private SerializedObjects() {}

  static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  static Object read(byte[] bytes, DeserializationPolicy policy) {
    return new JavaSerialization(Keys::classLoader, policy).deserialize(bytes, 0, bytes.length);
  }

  static DeserializationPolicy filter(String patterns) {
    return Policies.with(CacheSettings.DESERIALIZATION_FILTER, patterns);
  }

  static void assertRefused(ThrowingCallable call, String... reasons) {
    assertThatThrownBy(call).isInstanceOf(CodecException.class).hasMessageContainingAll(reasons);
  }
}
