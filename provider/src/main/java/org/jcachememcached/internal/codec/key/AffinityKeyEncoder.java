package org.jcachememcached.internal.codec.key;

import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.KeyAffinity;
import org.jcachememcached.internal.codec.Text;
import org.jcachememcached.internal.config.AffinityRule;
import org.jcachememcached.internal.store.AffinityMark;
import org.jcachememcached.internal.store.Command;
import org.jspecify.annotations.Nullable;

/**
 * Keys as another encoder writes them, followed by their affinity where it cannot be seen: {@code
 * b.QAIV¦user42}. A String whose affinity is short and readable in braces stays as it is.
 * Thread-safe.
 */
final class AffinityKeyEncoder implements KeyEncoder {

  /** The most characters of an affinity that is not hashed: those of a UUID. */
  private static final int MAX_LENGTH = 36;

  /** The characters of a hash; if two are the same, keys only share a server. */
  private static final int HASH_LENGTH = 22;

  private final KeyEncoder keys;
  private final AffinityRule rule;

  /**
   * @param keys writes keys as printable ASCII
   * @param rule whether a String has an affinity
   */
  AffinityKeyEncoder(KeyEncoder keys, AffinityRule rule) {
    this.keys = keys;
    this.rule = rule;
  }

  @Override
  public EncodedKey encode(String prefix, Object key) {
    String affinity = affinityOf(key);
    if (affinity == null) {
      return keys.encode(prefix, key);
    }
    if (key instanceof String) {
      EncodedKey plain = keys.encode(prefix, key);
      if (isVisible(affinity, plain.wire())) {
        return plain;
      }
    }
    return encodeMarked(prefix, key, mark(affinity));
  }

  /** The mark takes part in the encoding as a part of the prefix, so that the key leaves room. */
  private EncodedKey encodeMarked(String prefix, Object key, String mark) {
    EncodedKey encoded = keys.encode(mark + prefix, key);
    String wire = encoded.wire().substring(mark.length()) + mark;
    if (wire.length() > Command.MAX_KEY_LENGTH) {
      throw new CodecException(
          "The key has %d bytes with its prefix %s and its affinity, memcached takes %d"
              .formatted(wire.length(), prefix, Command.MAX_KEY_LENGTH),
          null);
    }
    return new EncodedKey(wire, encoded.original());
  }

  @Override
  public boolean isHash(String body) {
    return keys.isHash(body);
  }

  @Override
  public Object decode(String body, byte @Nullable [] original) {
    int end = body.lastIndexOf(AffinityMark.TEXT);
    String unmarked = end < 0 ? body : body.substring(0, end);
    Object key = keys.decode(unmarked, original);
    if (!expectedMark(key, unmarked).equals(body.substring(unmarked.length()))) {
      throw new CodecException("The key " + body + " does not end with its affinity", null);
    }
    return key;
  }

  private String expectedMark(Object key, String unmarked) {
    String affinity = affinityOf(key);
    return affinity == null || (key instanceof String && isVisible(affinity, unmarked))
        ? ""
        : mark(affinity);
  }

  /** Null for a key that belongs together with no other. */
  private @Nullable String affinityOf(Object key) {
    if (key instanceof KeyAffinity own) {
      String affinity = ofApplication(own);
      return affinity.isEmpty() ? null : affinity;
    }
    return rule == AffinityRule.BRACES && key instanceof String text
        ? AffinityMark.inBraces(text)
        : null;
  }

  @SuppressWarnings("ConstantValue") // What is not compiled here may return null all the same.
  private static String ofApplication(KeyAffinity key) {
    @Nullable String affinity;
    try {
      affinity = key.affinity();
    } catch (RuntimeException e) {
      throw new CodecException(
          "The affinity of a " + key.getClass().getName() + " failed: " + e, e);
    }
    if (affinity == null) {
      throw new CodecException("The affinity of a " + key.getClass().getName() + " is null", null);
    }
    return affinity;
  }

  /** Whether the server of a key is found by its braces. No prefix contains any. */
  private static boolean isVisible(String affinity, String encoded) {
    return affinity.length() <= MAX_LENGTH && affinity.equals(AffinityMark.inBraces(encoded));
  }

  private static String mark(String affinity) {
    boolean fits = affinity.length() <= MAX_LENGTH && Text.isPrintableAscii(affinity);
    return AffinityMark.TEXT
        + (fits ? affinity : Sha256.of(Text.toUtf16(affinity)).substring(0, HASH_LENGTH));
  }
}
