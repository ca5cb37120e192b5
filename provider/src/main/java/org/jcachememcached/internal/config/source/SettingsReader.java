package org.jcachememcached.internal.config.source;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.ManagerSettings;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.SettingValue;
import org.jcachememcached.internal.config.Settings;

/**
 * Reads the settings of a manager from all sources. The order of precedence, lowest first, is:
 * defaults, configuration file, environment, URI, properties. Every value of file, URI and
 * properties is checked, including values that are overridden. Names that resemble settings but are
 * none become remarks. Stateless for its callers.
 */
public final class SettingsReader {

  private final Environment environment;
  private final SourceContents file;
  private final Map<Setting<?>, SettingValue> given = new HashMap<>();

  private SettingsReader(Environment environment, SourceContents file) {
    this.environment = environment;
    this.file = file;
    given.putAll(file.ofManager());
    takeServersFromEnvironment(
        ManagerSettings.ENV_PREFIX.valueOf(file.ofManager().get(ManagerSettings.ENV_PREFIX)));
  }

  /**
   * Reads the settings of a manager.
   *
   * @param uri which engine, servers and application, or which configuration file
   * @param properties the settings below {@link Setting#PROPERTY_PREFIX}; the others are ignored
   * @param environment the environment variables of the process
   * @param classLoader finds configuration files on the class path
   * @throws IllegalArgumentException if a setting is unknown, its value is not allowed, or a
   *     configuration file cannot be read
   */
  public static Settings read(
      URI uri, Properties properties, Map<String, String> environment, ClassLoader classLoader) {
    ManagerUri managerUri = ManagerUri.parse(uri);
    SourceContents file =
        managerUri.namesFile()
            ? FileFinder.named(uri, classLoader)
            : FileFinder.ofApplication(classLoader);
    SourceContents ofProperties = PropertyReader.read(properties);
    SettingsReader reader = new SettingsReader(new Environment(environment), file);
    reader.overlay(reader.environment.credentials());
    reader.overlay(managerUri.given());
    reader.overlay(ofProperties.ofManager());
    return Settings.of(
        reader.given, file.ofCaches(), ofProperties.ofCaches(), reader.remarks(ofProperties));
  }

  /**
   * The URI of a manager that is requested without one.
   *
   * @param environment the environment variables of the process
   * @throws IllegalArgumentException if the environment names a URI that is malformed
   */
  public static URI defaultUri(Map<String, String> environment) {
    return new Environment(environment).defaultUri();
  }

  private List<String> remarks(SourceContents ofProperties) {
    List<String> remarks = new ArrayList<>(file.remarks());
    remarks.addAll(ofProperties.remarks());
    remarks.addAll(UnreadNames.ofEnvironment(environment.variables().keySet(), given));
    return remarks;
  }

  private void overlay(Map<Setting<?>, SettingValue> source) {
    source.forEach(Setting::parse);
    // Naming a variable for the servers is naming the servers, and ranks the same.
    SettingValue prefix = source.get(ManagerSettings.ENV_PREFIX);
    if (prefix != null && !prefix.text().isEmpty()) {
      takeServersFromEnvironment(ManagerSettings.ENV_PREFIX.parse(prefix));
    }
    given.putAll(source);
  }

  /** Takes the servers that a variable names; if it is not set, those of the file, if any. */
  private void takeServersFromEnvironment(String prefix) {
    SettingValue servers = environment.servers(prefix);
    if (servers == null) {
      servers = file.ofManager().get(ConnectionSettings.SERVERS);
    }
    if (servers == null) {
      given.remove(ConnectionSettings.SERVERS);
    } else {
      given.put(ConnectionSettings.SERVERS, servers);
    }
  }
}
