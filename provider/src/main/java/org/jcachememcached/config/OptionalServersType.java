package org.jcachememcached.config;

import java.util.List;

/** Lists of servers that may be empty. Immutable. */
record OptionalServersType() implements ValueType<List<Server>> {

  private static final ServersType SERVERS = new ServersType();

  @Override
  public List<Server> parse(String text) {
    return text.isBlank() ? List.of() : SERVERS.parse(text);
  }

  @Override
  public String allowed() {
    return "nothing, or " + SERVERS.allowed();
  }
}
