package org.jcachememcached.internal.store.memcached.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jcachememcached.internal.config.Server;

/**
 * Asks for the SRV records of a name. Those of the lowest priority are the servers. Immutable.
 *
 * @param lookup finds the SRV records of a name
 * @param name of the service
 */
record ServiceQuestion(Lookup lookup, String name) implements Question {

  private static final int MAX = 0xFFFF;

  /** Finds the SRV records of a name, each as priority, weight, port and host name. */
  interface Lookup {
    List<String> records(String name) throws SourceException;
  }

  /**
   * A record.
   *
   * @param priority the lowest is the first choice
   * @param host empty if there is no such service
   */
  private record Service(int priority, int weight, int port, String host) {

    static Service of(String text) throws SourceException {
      String[] words = text.split(" ", -1);
      if (words.length == 4 && isNumber(words[0]) && isNumber(words[1])) {
        // Host names are the same in upper and lower case, but rings are not.
        String host = words[3].toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        int port = Answers.port(words[2]);
        if (host.isEmpty() || (port > 0 && Answers.isHost(host))) {
          return new Service(
              Answers.number(words[0], MAX),
              Math.max(Answers.number(words[1], MAX), 1),
              port,
              host);
        }
      }
      throw new SourceException(
          "answered with the SRV record '%s', but must name a port and a host"
              .formatted(SourceException.quote(text)));
    }

    private static boolean isNumber(String word) {
      return word.equals("0") || Answers.number(word, MAX) > 0;
    }
  }

  @Override
  public List<Server> ask() throws SourceException {
    List<Service> services = new ArrayList<>();
    for (String text : lookup.records(name)) {
      Service service = Service.of(text);
      if (!service.host().isEmpty()) {
        services.add(service);
      }
    }
    int first = services.stream().mapToInt(Service::priority).min().orElse(0);
    services.removeIf(service -> service.priority() != first);
    // DNS servers of Kubernetes divide 100 by the number of hosts, which is no change of a host.
    int divisor = services.stream().mapToInt(Service::weight).reduce(0, ServiceQuestion::gcd);
    return Answers.sorted(
        services.stream()
            .map(each -> new Server(each.host(), each.port(), each.weight() / divisor))
            .toList());
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
