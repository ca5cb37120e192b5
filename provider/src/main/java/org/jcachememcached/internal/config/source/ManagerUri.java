package org.jcachememcached.internal.config.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.ManagerSettings;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.SettingCatalog;
import org.jcachememcached.internal.config.SettingValue;
import org.jspecify.annotations.Nullable;

/**
 * The parsed URI of a manager. Scheme, authority and path are short for the parameters {@code
 * engine}, {@code servers} and {@code application}; schemes other than those of the engines name a
 * configuration file. Immutable.
 *
 * <p>Parameters follow the path, {@code ;timeout:500ms;page.size:100}, or are a query, {@code
 * ?timeout=500ms&page.size=100}. Both mean the same; the first form contains only characters that
 * are allowed in MBean names, for frameworks that find MBeans by the URI of their manager.
 *
 * @param namesFile whether it names a configuration file
 * @param given the settings in the URI, not yet checked
 */
record ManagerUri(boolean namesFile, Map<Setting<?>, SettingValue> given) {

  private static final String MEMCACHED = "memcached";
  private static final Set<String> ENGINES = Set.of(MEMCACHED, "memory", "none");

  private static final Pattern SCHEME_SPECIFIC_PART =
      Pattern.compile(
          "(?://(?<authority>[^/?]*))?/?(?<path>[^?;]*?)/?(?:;(?<parameters>[^?]*))?(?:\\?(?<query>.*))?");

  private static final Pattern BEFORE_PARAMETER = Pattern.compile("[;?&]");

  private static final Pattern USER_INFORMATION = Pattern.compile("//[^/?]*@");

  static ManagerUri parse(URI uri) {
    // java.net.URI finds neither host nor port where several are, nor a query in an opaque URI.
    refuseSecrets(uri);
    if (uri.getScheme() == null) {
      throw wrongForm(uri, null);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return ENGINES.contains(scheme) ? ofEngine(scheme, uri) : new ManagerUri(true, Map.of());
  }

  private static ManagerUri ofEngine(String scheme, URI uri) {
    Matcher parts = SCHEME_SPECIFIC_PART.matcher(uri.getRawSchemeSpecificPart());
    if (!parts.matches() || uri.getRawFragment() != null) {
      throw wrongForm(uri, null);
    }
    String authority = Objects.requireNonNullElse(parts.group("authority"), "");
    boolean memcached = scheme.equals(MEMCACHED);
    if (!memcached && !authority.isEmpty()) {
      throw wrongForm(uri, null);
    }
    Collector collector = new Collector(uri);
    // Without servers in the URI, other sources decide on servers and engine.
    if (!memcached || !authority.isEmpty()) {
      collector.addUnlessEmpty(ConnectionSettings.ENGINE, scheme);
    }
    refuseRawPath(uri, authority);
    collector.addUnlessEmpty(ConnectionSettings.SERVERS, authority);
    collector.addUnlessEmpty(ManagerSettings.APPLICATION, parts.group("path"));
    collector.addParameters(parts.group("parameters"), ";", ':');
    collector.addParameters(parts.group("query"), "&", '=');
    return new ManagerUri(false, Map.copyOf(collector.given));
  }

  private static void refuseRawPath(URI uri, String authority) {
    if (authority.endsWith("unix:")) {
      throw rawPath(uri, "of a Unix socket", "unix:/run/memcached.sock");
    }
    if (authority.endsWith("file:")) {
      throw rawPath(uri, "of a file with servers", "file:/etc/memcached.servers");
    }
  }

  private static IllegalArgumentException rawPath(URI uri, String whose, String servers) {
    return new IllegalArgumentException(
        "The URI of a cache manager is \"%s\", but the path %s must be percent-encoded, as in"
                .formatted(uri, whose)
            + " memcached://%s/<application>, or in the parameter servers, as in"
                .formatted(servers.replace("/", "%2F"))
            + " memcached:<application>;servers:"
            + servers);
  }

  // Called first, because every other message quotes the URI.
  private static void refuseSecrets(URI uri) {
    String text = uri.getRawSchemeSpecificPart();
    BEFORE_PARAMETER.splitAsStream(text).skip(1).forEach(ManagerUri::refuseSecret);
    if (USER_INFORMATION.matcher(text).lookingAt()) {
      throw secret(
          "A user",
          "the properties %s and %s"
              .formatted(
                  ConnectionSettings.USERNAME.propertyName(),
                  ConnectionSettings.PASSWORD.propertyName()));
    }
  }

  private static void refuseSecret(String parameter) {
    String name = Collector.decode(parameter.split("[=:]", 2)[0]);
    if (SettingCatalog.isSecretProperty(Setting.PROPERTY_PREFIX + name)) {
      throw secret("The setting " + name, "the property " + Setting.PROPERTY_PREFIX + name);
    }
  }

  private static IllegalArgumentException secret(String what, String properties) {
    return new IllegalArgumentException(
        what
            + " must not be in the URI of a cache manager, because URIs are logged and name MBeans;"
            + " give it as %s or in a config file; %s and %s in the environment name user and password"
                .formatted(
                    properties, Environment.USERNAME_VARIABLE, Environment.PASSWORD_VARIABLE));
  }

  static IllegalArgumentException wrongForm(URI uri, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "The URI of a cache manager is \"%s\", but must be one of".formatted(uri)
            + " memcached://<host>:<port>:<weight>+.../<application>;<setting>:<value>;...,"
            + " memcached:<application>, memory:<application>, none:/, file:<path>,"
            + " classpath:<name> and jar:<URL of the jar>!/<name>",
        cause);
  }

  /** Collects the settings in the parts of a URI. Not thread-safe. */
  private static final class Collector {

    /** The replacement by the JDK's decoder for bytes that are not UTF-8. */
    private static final char UNDECODABLE = '\uFFFD';

    private final Map<Setting<?>, SettingValue> given = new HashMap<>();
    private final String origin;

    Collector(URI uri) {
      origin = "the URI " + uri;
    }

    void addParameters(@Nullable String parameters, String separator, char beforeValue) {
      if (parameters == null) {
        return;
      }
      for (String parameter : parameters.split(separator, -1)) {
        int end = parameter.indexOf(beforeValue);
        String name = end < 0 ? parameter : parameter.substring(0, end);
        String value = end < 0 ? "" : parameter.substring(end + 1);
        add(SettingCatalog.named(decode(name), origin), value);
      }
    }

    void addUnlessEmpty(Setting<?> setting, @Nullable String encoded) {
      if (encoded != null && !encoded.isEmpty()) {
        add(setting, encoded);
      }
    }

    private void add(Setting<?> setting, String encoded) {
      SettingValue said = new SettingValue(decode(encoded), origin);
      if (said.text().indexOf(UNDECODABLE) >= 0) {
        throw new IllegalArgumentException(
            "The setting %s in %s is \"%s\", but must be UTF-8, percent-encoded"
                .formatted(setting.name(), origin, encoded));
      }
      SettingValue before = given.put(setting, said);
      if (before != null) {
        throw new IllegalArgumentException(
            "The setting %s in %s is said twice, as \"%s\" and as \"%s\", but must be said once"
                .formatted(setting.name(), origin, before.text(), said.text()));
      }
    }

    // A plus means a space only in HTML forms.
    private static String decode(String encoded) {
      return URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8);
    }
  }
}
