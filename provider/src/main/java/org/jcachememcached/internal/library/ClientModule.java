package org.jcachememcached.internal.library;

import java.util.stream.Stream;

/**
 * The module of the memcached client. The AWS client has the packages of spymemcached, but its
 * module has another name, so the module descriptor can neither require whichever is present nor
 * export a package to it. Nothing is done on the class path. Stateless.
 */
public final class ClientModule {

  private static final String PACKAGE = "net.spy.memcached";
  private static final Module OURS = ClientModule.class.getModule();

  private ClientModule() {}

  /** Makes the client readable; before the first use of its classes. */
  public static void makeReadable() {
    modules().forEach(OURS::addReads);
  }

  /** Lets the client instantiate a public class of ours by its name. */
  public static void export(Class<?> type) {
    modules().forEach(client -> OURS.addExports(type.getPackageName(), client));
  }

  private static Stream<Module> modules() {
    return OURS.isNamed()
        ? OURS.getLayer().modules().stream()
            .filter(module -> module.getPackages().contains(PACKAGE))
        : Stream.empty();
  }
}
