package org.jcachememcached.internal.thread;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The threads of the provider: daemons that hold on to nothing of the application that happens to
 * need them first, because others may need them longer. Their context class loader is the
 * provider's own; they inherit neither thread-local values nor, from what is on the stack, access
 * rights, which lead to class loaders too. Stateless.
 */
public final class DaemonThreads {

  private DaemonThreads() {}

  /** A thread that has not been started. */
  @SuppressWarnings("removal") // As long as threads inherit access rights, there is no other way.
  public static Thread create(String name, Runnable work) {
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>) () -> createUnprivileged(name, work));
  }

  private static Thread createUnprivileged(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
    return thread;
  }

  /**
   * What some work gives that is done in such a thread while the caller waits: threads that are
   * made by it are like these, whoever makes them.
   */
  public static <T> T call(String name, Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    create(name, () -> complete(result, work)).start();
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
    try {
      result.complete(work.get());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  /** The work, to be done in another thread with the context class loader of this one. */
  public static Runnable inContextOfCaller(Runnable work) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return () -> {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(context);
      try {
        work.run();
      } finally {
        thread.setContextClassLoader(before);
      }
    };
  }
}
