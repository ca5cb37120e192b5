package org.jcachememcached;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * What JDK 17 keeps of the last record classes whose {@code equals}, {@code hashCode} and {@code
 * toString} it has made: method handles in static fields remember the types they were last adapted
 * to, and with them a class loader. Stateless.
 */
final class RecordLinkage {

  private RecordLinkage() {}

  /** Lets it remember a class of the JDK in their stead. */
  static void forget() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle component =
          lookup.findVirtual(String.class, "intern", MethodType.methodType(String.class));
      link(lookup, "equals", component, boolean.class, String.class, Object.class);
      link(lookup, "hashCode", component, int.class, String.class);
      link(lookup, "toString", component, String.class, String.class);
    } catch (Throwable e) {
      throw new LinkageError("The JDK cannot make the methods of a record", e);
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
