package org.jcachememcached.codec;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A class of an application in {@code stored-items-1.txt}: its name is part of what is stored. */
public final class Keys {

  private Keys() {}

  /** A sample of a serializable key and value. */
  public record Point(int x, @Nullable Object y) implements Serializable {}
}
