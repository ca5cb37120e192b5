package org.jcachememcached.internal.codec.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.assertRefused;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.filter;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.read;
import static org.jcachememcached.internal.codec.serialization.SerializedObjects.serialized;

import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jcachememcached.internal.codec.Keys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a serialized proxy names is checked before anything is made of it. */
class ProxyDeserializationTest {

  private static final String TEST = ProxyDeserializationTest.class.getName();

  /** Making a proxy class of it initializes it, because it has a default method. */
  interface Trap extends Serializable {
    Object SPRUNG = Sprung.spring();

    default void fall() {}
  }

  static final class Sprung {
    static volatile boolean sprung;

    static Object spring() {
      sprung = true;
      return "sprung";
    }
  }

  record Handler() implements InvocationHandler, Serializable {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) {
      return null;
    }
  }

  @Test
  void theInterfacesOfAProxyAreJudgedBeforeItIsMade() throws IOException {
    assertRefused(() -> read(proxyOf(Trap.class), filter("!" + TEST + "$Trap")), "$Trap");
    assertThat(Sprung.sprung).isFalse();
  }

  @Test
  void theHandlerOfAProxyIsJudged() throws IOException {
    byte[] bytes = proxyOf(Comparable.class);

    assertRefused(() -> read(bytes, filter("!" + TEST + "$Handler")), "$Handler");
    assertRefused(() -> read(bytes, filter("java.base/*;!*")), "$Handler");
    assertThat(read(bytes, filter(TEST + "$*;java.base/*;!*"))).isInstanceOf(Comparable.class);
  }

  /** Serialized without the JVM's having made it: the name of an interface put for another's. */
  private static byte[] proxyOf(Class<?> type) throws IOException {
    String stand = "java.io.Serializable";
    Object proxy =
        Proxy.newProxyInstance(
            Keys.classLoader(), new Class<?>[] {Serializable.class}, new Handler());
    String text = latin1(serialized(proxy));
    String from = latin1(new byte[] {0, (byte) stand.length()}) + stand;
    String to = latin1(new byte[] {0, (byte) type.getName().length()}) + type.getName();
    assertThat(text).contains(from);
    return text.replace(from, to).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
