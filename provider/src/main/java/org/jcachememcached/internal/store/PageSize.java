package org.jcachememcached.internal.store;

import java.util.List;

/**
 * The number of entries in one round trip: the limit of a setting for small entries, and as many as
 * {@link ItemStore#ANSWER_BYTES} hold for large ones, estimated from earlier entries. The size of
 * an entry is unknown before it is read; so the first page is small, and a page that turns out too
 * large is answered in part. Thread-safe.
 */
public final class PageSize {

  /**
   * The size of the first page: acceptable even with items of 1 MiB, the usual limit of memcached.
   */
  private static final int FIRST_PAGE = 16;

  private static final double UNKNOWN = -1;

  /** The weight of a page of smaller entries in the next mean; larger ones count fully. */
  private static final double DECAY = 0.25;

  private final int limit;
  private volatile double meanBytes = UNKNOWN;

  /**
   * @param limit the maximum number of entries of a page
   */
  public PageSize(int limit) {
    this.limit = limit;
  }

  /** The maximum number of entries of a page, for entries of any size. */
  public int limit() {
    return limit;
  }

  /** The number of entries of the next page, at least one. */
  public int next() {
    double mean = meanBytes;
    if (mean == UNKNOWN) {
      return Math.min(limit, FIRST_PAGE);
    }
    return (int) Math.max(1, Math.min(limit, ItemStore.ANSWER_BYTES / mean));
  }

  /** Records the size of the items that commands stored or found; an absent one has size 0. */
  public void weigh(List<? extends Command> commands, List<Reply> replies) {
    int entries = 0;
    long bytes = 0;
    for (int i = 0; i < commands.size(); i++) {
      Item brought = commands.get(i).item();
      Reply reply = replies.get(i);
      if (brought != null) {
        entries++;
        bytes += brought.data().length;
      } else if (reply.item() != null) {
        entries++;
        bytes += reply.item().data().length;
      } else if (reply.status() == Reply.Status.ABSENT && commands.get(i) instanceof Command.Get) {
        entries++;
      }
    }
    if (entries > 0) {
      weigh((double) bytes / entries);
    }
  }

  private void weigh(double now) {
    double before = meanBytes;
    if (before == UNKNOWN || Math.max(now, before) * limit > ItemStore.ANSWER_BYTES) {
      meanBytes = now >= before ? now : before + DECAY * (now - before);
    }
  }
}
