package org.jcachememcached;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears references that the JDK before release 19 keeps to the last record classes whose {@code
 * equals}, {@code hashCode} and {@code toString} it has linked: method handles in static fields
 * cache the types they were last adapted to, and thereby a class loader. Stateless.
 */
final class RecordLinkage {

  private static final Logger LOG = LoggerFactory.getLogger(RecordLinkage.class);

  private static final int FIRST_FIXED_RELEASE = 19;

  private RecordLinkage() {}

  /** Replaces these references by some to a class of the JDK. */
  static void forget() {
    if (Runtime.version().feature() < FIRST_FIXED_RELEASE) {
      linkClassOfTheJdk();
    }
  }

  private static void linkClassOfTheJdk() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle component =
          lookup.findVirtual(String.class, "intern", MethodType.methodType(String.class));
      link(lookup, "equals", component, boolean.class, String.class, Object.class);
      link(lookup, "hashCode", component, int.class, String.class);
      link(lookup, "toString", component, String.class, String.class);
    } catch (Throwable e) {
      LOG.debug("The JDK may keep the class loader of a record that was used last", e);
    }
  }

  private static void link(
      MethodHandles.Lookup lookup,
      String method,
      MethodHandle component,
      Class<?> result,
      Class<?>... parameters)
      throws Throwable {
    ObjectMethods.bootstrap(
        lookup, method, MethodType.methodType(result, parameters), String.class, "it", component);
  }
}
