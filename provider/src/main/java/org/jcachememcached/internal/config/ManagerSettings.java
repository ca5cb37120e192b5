package org.jcachememcached.internal.config;

import java.util.List;
import java.util.regex.Pattern;
import org.jcachememcached.internal.config.Setting.Scope;

/** The settings of a manager as a whole. */
public final class ManagerSettings {

  private ManagerSettings() {}

  public static final Setting<String> APPLICATION =
      new Setting<>(
          "application",
          Scope.MANAGER,
          new TextType(Pattern.compile("(?s).*"), "any text"),
          "",
          "What all keys of the manager start with, so that applications can share servers; the"
              + " path of the URI says the same.");

  public static final Setting<String> ENV_PREFIX =
      new Setting<>(
          "env.prefix",
          Scope.MANAGER,
          new TextType(
              Pattern.compile("\\w*"), "letters, digits and underscores, or nothing for no prefix"),
          "",
          "Takes the servers from the environment variable <prefix>_MEMCACHED_SERVERS instead of"
              + " MEMCACHED_SERVERS.");

  static final List<Setting<?>> ALL = List.of(APPLICATION, ENV_PREFIX);
}
