package org.jcachememcached.internal.thread;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The threads of the provider: daemons that keep no reference to the application that happens to
 * need them first, because others may need them longer. Their context class loader is the
 * provider's own; they inherit neither thread-local values nor access rights of the creating stack,
 * which refer to class loaders too. Stateless.
 */
public final class DaemonThreads {

  private static final Duration LONGEST_JOIN = Duration.ofSeconds(1);

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

  /** Runs each task in a thread of its own, to its end or its failure, which is logged. */
  public static Executor executor(String name) {
    return task -> create(name, () -> FaultBarrier.run(name, task)).start();
  }

  /** Waits briefly for the end of a thread that is about to end; never for the current thread. */
  public static void awaitEnd(Thread thread) {
    if (thread == Thread.currentThread()) {
      return;
    }
    try {
      thread.join(LONGEST_JOIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The result of some work that is done in such a thread while the caller waits: threads that the
   * work creates, in whatever way, are like these.
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

  /** The work, to be done in another thread with the context class loader of this thread. */
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
