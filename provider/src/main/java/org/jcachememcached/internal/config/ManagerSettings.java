package org.jcachememcached.internal.config;

import java.util.List;
import java.util.regex.Pattern;
import org.jcachememcached.internal.config.Setting.Scope;
import org.jcachememcached.internal.config.type.TextType;

/** The settings of a manager as a whole. Stateless. */
public final class ManagerSettings {

  private ManagerSettings() {}

  public static final Setting<String> APPLICATION =
      new Setting<>(
          "application",
          Scope.MANAGER,
          new TextType(Pattern.compile("(?s).*"), "any text"),
          "",
          "The prefix of all keys of the manager, so that applications can share servers; also the"
              + " path of the URI.");

  public static final Setting<String> ENV_PREFIX =
      new Setting<>(
          "env.prefix",
          Scope.MANAGER,
          new TextType(
              Pattern.compile("\\w*"), "letters, digits and underscores, or nothing for no prefix"),
          "",
          "The prefix of the environment variable with the servers, which is then"
              + " <prefix>_MEMCACHED_SERVERS instead of MEMCACHED_SERVERS.");

  static final List<Setting<?>> ALL = List.of(APPLICATION, ENV_PREFIX);
}
