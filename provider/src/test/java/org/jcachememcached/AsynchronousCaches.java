package org.jcachememcached;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes all {@link TestCaches} carry out their calls through the asynchronous view, while the tests
 * of a class run.
 */
public final class AsynchronousCaches implements BeforeAllCallback, AfterAllCallback {

  private static volatile int classes;

  static boolean isOn() {
    return classes > 0;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    count(1);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    count(-1);
  }

  private static synchronized void count(int more) {
    classes += more;
  }
}
