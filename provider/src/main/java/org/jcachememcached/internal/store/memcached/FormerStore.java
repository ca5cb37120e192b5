package org.jcachememcached.internal.store.memcached;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.memcached.scan.Crawl;
import org.jcachememcached.internal.store.memcached.scan.KeyFilter;
import org.jspecify.annotations.Nullable;

/**
 * The servers that have kept moved keys before. A key is removed from all of them; every other
 * command is for the last one that has it. Thread-safe.
 */
final class FormerStore implements ItemStore {

  private final Fleet present;
  private final List<Handover.Former> formers;
  private final long now;
  private final RequestSender requests;
  private final Crawls crawls;

  /**
   * @param formers the last ones first
   * @param now decides which of them are still asked
   */
  FormerStore(
      Fleet present,
      List<Handover.Former> formers,
      long now,
      RequestSender requests,
      Crawls crawls) {
    this.present = present;
    this.formers = formers;
    this.now = now;
    this.requests = requests;
    this.crawls = crawls;
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    List<List<ServerNode>> nodes = commands.stream().map(this::nodesFor).toList();
    Reply[] replies = new Reply[commands.size()];
    Arrays.fill(replies, Reply.ABSENT);
    return sendToNext(commands, nodes, 0, replies);
  }

  private List<ServerNode> nodesFor(Command command) {
    boolean removes = command instanceof Command.Delete;
    return formers.stream()
        .filter(former -> removes || isRead(former))
        .flatMap(former -> former.formerNodeOf(command.key(), present).stream())
        .distinct()
        .toList();
  }

  /** Sends each command that is not done to the server of that turn, if it has so many. */
  private CompletableFuture<List<Reply>> sendToNext(
      List<? extends Command> commands, List<List<ServerNode>> nodes, int turn, Reply[] replies) {
    List<Command> toSend = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    Map<String, ServerNode> nodeOfKey = new HashMap<>();
    for (int i = 0; i < replies.length; i++) {
      Command command = commands.get(i);
      if (turn < nodes.get(i).size() && !isDone(command, replies[i])) {
        toSend.add(command);
        positions.add(i);
        nodeOfKey.put(command.key(), nodes.get(i).get(turn));
      }
    }
    if (toSend.isEmpty()) {
      return CompletableFuture.completedFuture(List.of(replies));
    }
    nodeOfKey.forEach((key, node) -> node.prepare(key));
    return requests
        .send(toSend, nodeOfKey::get, null)
        .thenCompose(
            received -> {
              for (int i = 0; i < received.size(); i++) {
                replies[positions.get(i)] = received.get(i);
              }
              return sendToNext(commands, nodes, turn + 1, replies);
            });
  }

  /** A key is removed everywhere; other commands have found it, or try the server before. */
  private static boolean isDone(Command command, Reply reply) {
    return reply.failure() != null
        || !(command instanceof Command.Delete || reply.status() == Reply.Status.ABSENT);
  }

  /**
   * The keys that have moved, perhaps some of them several times. What is on servers that are down
   * is missing.
   */
  @Override
  public KeyScan scan(String prefix) {
    List<Crawl.Part> parts = formers.stream().filter(this::isRead).flatMap(this::toCrawl).toList();
    return parts.isEmpty() ? NoKeys.INSTANCE : crawls.begin(prefix, parts, List.of());
  }

  private boolean isRead(Handover.Former former) {
    return former.isRead(now);
  }

  private Stream<Crawl.Part> toCrawl(Handover.Former former) {
    List<ServerNode> nodes = former.fleet().nodes();
    List<Crawl.Part> parts = former.fleet().toCrawl();
    return IntStream.range(0, nodes.size())
        .filter(i -> nodes.get(i).outage() == null)
        .mapToObj(parts::get)
        .map(part -> new Crawl.Part(part.target(), moved(part.keys(), former)));
  }

  private KeyFilter moved(KeyFilter kept, Handover.Former former) {
    return (key, length) ->
        kept.accepts(key, length)
            && former.formerNodeOf(KeyFilter.text(key, length), present).isPresent();
  }

  @Override
  public void invalidate(String prefix, List<String> keys) {
    for (String key : keys) {
      for (ServerNode node : nodesFor(new Command.Delete(key))) {
        node.connectionOf(key).invalidate(prefix, List.of(key));
      }
    }
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return null;
  }

  /** Does nothing: the servers belong to the store. */
  @Override
  public void close() {}

  private static final class NoKeys implements KeyScan {

    static final KeyScan INSTANCE = new NoKeys();

    @Override
    public List<String> nextPage(int limit) {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
