package org.jcachememcached.internal.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Lays the sources over each other: defaults, configuration file, environment, URI, properties;
 * what comes later wins. Every value of file, URI and properties is checked, a value that is
 * overruled too. Names that only look like settings are remarked upon. For one use; not
 * thread-safe.
 */
final class SettingsReader {

  private final Environment environment;
  private final FileSource file;
  private final Map<Setting<?>, SettingValue> given = new HashMap<>();

  private SettingsReader(Environment environment, FileSource file) {
    this.environment = environment;
    this.file = file;
    given.putAll(file.ofManager());
    takeServersFromEnvironment(
        ManagerSettings.ENV_PREFIX.valueOf(file.ofManager().get(ManagerSettings.ENV_PREFIX)));
  }

  static Settings read(
      URI uri, Properties properties, Environment environment, ClassLoader classLoader) {
    ManagerUri managerUri = ManagerUri.parse(uri);
    FileSource file =
        managerUri.namesFile()
            ? FileFinder.named(uri, classLoader)
            : FileFinder.ofApplication(classLoader);
    PropertySource ofProperties = PropertySource.of(properties);
    SettingsReader reader = new SettingsReader(environment, file);
    reader.overlay(environment.credentials());
    reader.overlay(managerUri.given());
    reader.overlay(ofProperties.ofManager());
    return Settings.of(
        Layers.ofManager(reader.given),
        file.ofCaches(),
        ofProperties.ofCaches(),
        reader.remarks(properties));
  }

  private List<String> remarks(Properties properties) {
    List<String> remarks = new ArrayList<>(file.remarks());
    remarks.addAll(UnreadNames.ofProperties(properties.stringPropertyNames()));
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

  /** The servers that a variable names; where it is not set, those of the file, or else none. */
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
