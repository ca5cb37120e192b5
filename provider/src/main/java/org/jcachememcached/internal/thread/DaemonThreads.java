package org.jcachememcached.internal.thread;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates the threads of the provider: daemons that keep no reference to the application that
 * causes their creation, because they may outlive it. Their context class loader is the provider's
 * own; they inherit neither thread-local values nor the access control context, both of which may
 * reference class loaders. Stateless.
 */
public final class DaemonThreads {

  private static final Duration LONGEST_JOIN = Duration.ofSeconds(1);

  private DaemonThreads() {}

  /** A thread that has not been started. */
  @SuppressWarnings(
      "removal") // While threads inherit an access control context, there is no other way.
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
   * Runs work in such a thread and waits for its result: threads created by the work inherit
   * nothing from the caller.
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

  /**
   * Wraps work that another thread runs, so that it has the context class loader of the current
   * one.
   */
  public static Runnable inContextOfCaller(Runnable work) {
    return inContext(Thread.currentThread().getContextClassLoader(), work);
  }

  /** Wraps work, so that the thread that runs it has that context class loader meanwhile. */
  public static Runnable inContext(@Nullable ClassLoader context, Runnable work) {
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
