package org.jcachememcached.internal.store;

import java.util.List;

/**
 * How many entries go in one round trip: as many as a setting says where they are small, and as
 * many as {@link ItemStore#ANSWER_BYTES} hold where they are not, judging by those that went
 * before. Nobody can tell beforehand how large an entry is that is to be read; so the first page is
 * small, and a page that turns out too large is answered in part. Thread-safe.
 */
public final class PageSize {

  /** The entries of the first page: with the usual limit of memcached, 1 MiB, a bearable amount. */
  private static final int FIRST_PAGE = 16;

  private static final double UNKNOWN = -1;

  /** The part that a page of smaller entries has in the next mean; larger ones count at once. */
  private static final double DECAY = 0.25;

  private final int limit;
  private volatile double meanBytes = UNKNOWN;

  /**
   * @param limit how many entries a page has at most
   */
  public PageSize(int limit) {
    this.limit = limit;
  }

  /** How many entries a page has at most, whatever their size. */
  public int limit() {
    return limit;
  }

  /** How many entries the next page should have, one at least. */
  public int next() {
    double mean = meanBytes;
    if (mean == UNKNOWN) {
      return Math.min(limit, FIRST_PAGE);
    }
    return (int) Math.max(1, Math.min(limit, ItemStore.ANSWER_BYTES / mean));
  }

  /**
   * Takes the measure of the items that commands brought or found; an absent one weighs nothing.
   */
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
