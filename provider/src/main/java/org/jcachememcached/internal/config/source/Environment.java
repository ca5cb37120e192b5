package org.jcachememcached.internal.config.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.SettingValue;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of the process. A blank variable counts as unset, because container
 * runtimes unset variables that way. Immutable.
 *
 * @param variables by name
 */
record Environment(Map<String, String> variables) {

  static final String URI_VARIABLE = "JCACHE_MEMCACHED_URI";
  static final String SERVERS_VARIABLE = "MEMCACHED_SERVERS";
  static final String USERNAME_VARIABLE = "MEMCACHED_USERNAME";
  static final String PASSWORD_VARIABLE = "MEMCACHED_PASSWORD";

  /** The settings that have a variable, and its name. */
  static final Map<Setting<?>, String> VARIABLES =
      Map.of(
          ConnectionSettings.SERVERS, SERVERS_VARIABLE,
          ConnectionSettings.USERNAME, USERNAME_VARIABLE,
          ConnectionSettings.PASSWORD, PASSWORD_VARIABLE);

  // Without servers: those of the URI would override all other sources.
  private static final URI DEFAULT_URI = URI.create("memcached:///");

  /** The servers that the variable with the prefix names, if it is set. */
  @Nullable SettingValue servers(String prefix) {
    return variable(prefix.isEmpty() ? SERVERS_VARIABLE : prefix + "_" + SERVERS_VARIABLE);
  }

  /** The user name and password for the servers, as far as variables give them. */
  Map<Setting<?>, SettingValue> credentials() {
    Map<Setting<?>, SettingValue> given = new HashMap<>();
    SettingValue username = variable(USERNAME_VARIABLE);
    SettingValue password = variable(PASSWORD_VARIABLE);
    if (username != null) {
      given.put(ConnectionSettings.USERNAME, username);
    }
    if (password != null) {
      given.put(ConnectionSettings.PASSWORD, password);
    }
    return given;
  }

  /** The URI of a manager that is requested without one. */
  URI defaultUri() {
    SettingValue uri = variable(URI_VARIABLE);
    return uri == null ? DEFAULT_URI : parseUri(uri);
  }

  private static URI parseUri(SettingValue given) {
    String text = given.text().strip();
    try {
      // java.net.URI refuses a scheme with nothing after it, as in "none:".
      return new URI(text.endsWith(":") ? text + "/" : text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "The default URI in %s is \"%s\", but must be a URI: %s"
              .formatted(given.origin(), given.text(), e.getReason()),
          e);
    }
  }

  private @Nullable SettingValue variable(String name) {
    String text = variables.get(name);
    return text == null || text.isBlank()
        ? null
        : new SettingValue(text, "the environment variable " + name);
  }

  /** Shows no values: some are secret. */
  @Override
  public String toString() {
    return "Environment";
  }
}
