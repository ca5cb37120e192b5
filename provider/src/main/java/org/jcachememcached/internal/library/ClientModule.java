package org.jcachememcached.internal.library;

/**
 * The module of the memcached client. The AWS client has the packages of spymemcached, but its
 * module has another name, so the module descriptor cannot require whichever is present. Stateless.
 */
public final class ClientModule {

  private static final String PACKAGE = "net.spy.memcached";

  private ClientModule() {}

  /** Makes the client readable if the provider is a module; before the first use of its classes. */
  public static void makeReadable() {
    Module ours = ClientModule.class.getModule();
    if (ours.isNamed()) {
      ours.getLayer().modules().stream()
          .filter(module -> module.getPackages().contains(PACKAGE))
          .forEach(ours::addReads);
    }
  }
}
