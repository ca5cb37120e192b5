package org.jcachememcached.internal.store.memcached.invalidation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Reply;

/** Removes keys from a server, on one connection. Thread-safe. */
public interface Remover {

  /** Removes keys, ahead of everything that is sent to the server later. */
  CompletableFuture<List<Reply>> remove(List<String> keys);

  /** Prepares to remove everything below the prefixes. */
  Sweep sweep(List<String> prefixes);
}
