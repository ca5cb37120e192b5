package org.jcachememcached.internal.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import java.util.Properties;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User names and passwords: where they come from, and that they are not shown. */
class SecretsTest {

  private static final String SECRET = "s3cret";
  private static final ClassLoader NO_FILES = ClassLoader.getPlatformClassLoader();
  private static final Map<String, String> ENVIRONMENT =
      Map.of("MEMCACHED_USERNAME", "app", "MEMCACHED_PASSWORD", SECRET);

  @Test
  void comeFromTheEnvironment() {
    Settings settings =
        SettingsReader.read(URI.create("memcached:/"), new Properties(), ENVIRONMENT, NO_FILES);

    assertThat(settings.get(ConnectionSettings.USERNAME)).isEqualTo("app");
    assertThat(settings.get(ConnectionSettings.PASSWORD)).isEqualTo(SECRET);
  }

  @Test
  void propertiesOverruleTheEnvironment() {
    Settings settings =
        SettingsReader.read(
            URI.create("memcached:/"), properties("other", "secret too"), ENVIRONMENT, NO_FILES);

    assertThat(settings.get(ConnectionSettings.USERNAME)).isEqualTo("other");
    assertThat(settings.get(ConnectionSettings.PASSWORD)).isEqualTo("secret too");
  }

  @Test
  void areNotShown() {
    Settings settings =
        SettingsReader.read(
            URI.create("memcached:/"), properties("app", SECRET), Map.of(), NO_FILES);

    assertThat(settings.toString()).doesNotContain(SECRET).doesNotContain("app");
    assertThat(settings.connection().toString()).doesNotContain(SECRET);
    assertThat(new Environment(ENVIRONMENT).toString()).doesNotContain(SECRET);
  }

  @Test
  void tellStoresApart() {
    URI uri = URI.create("memcached://h");
    Settings one = SettingsReader.read(uri, properties("app", SECRET), Map.of(), NO_FILES);
    Settings other = SettingsReader.read(uri, properties("app", "other"), Map.of(), NO_FILES);

    assertThat(one.connection()).isNotEqualTo(other.connection());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memcached://h/orders?password=s3cret",
        "memcached:orders?timeout=1s&password=s3cret",
        "memcached:orders?timout=1s&pass%77ord=s3cret",
        "memcached://h/x?username=s3cret",
        "memory:x?username=s3cret",
        "memcached://h/orders;password:s3cret",
        "memcached:orders;timeout:1s;pass%77ord:s3cret",
        "memcached://h;password:s3cret/orders",
        "memcached:orders;timeout:1s;password=s3cret",
        "memcached:orders;cache.users.password:s3cret",
        "http://h/x?password=s3cret",
        "memcached://app:s3cret@h:11211/orders",
        "memcached://s3cret@h",
      })
  void areRefusedInUri(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SettingsReader.read(URI.create(uri), new Properties(), Map.of(), NO_FILES))
        .withMessageContaining("must not be in the URI")
        .withMessageContaining("logged")
        .withMessageContaining("the propert")
        .withMessageContaining("memcached.")
        .withMessageContaining("MEMCACHED_PASSWORD")
        .satisfies(failure -> assertThat(failure.toString()).doesNotContain(SECRET));
  }

  @Test
  void areNotQuotedWhenWrong() {
    Properties properties = properties("app", SECRET + "\n");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SettingsReader.read(URI.create("memcached:/"), properties, Map.of(), NO_FILES))
        .withMessage(
            "The setting password in the property memcached.password is not shown, but must be a"
                + " text without control characters")
        .satisfies(failure -> assertThat(failure.getCause()).hasMessageNotContaining(SECRET));
  }

  @Test
  void goTogether() {
    Properties properties = new Properties();
    properties.setProperty("memcached.username", "app");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SettingsReader.read(URI.create("memcached:/"), properties, Map.of(), NO_FILES))
        .withMessage(
            "Of the settings username and password one is given, but must be both or none");
  }

  private static Properties properties(String username, String password) {
    Properties properties = new Properties();
    properties.setProperty("memcached.username", username);
    properties.setProperty("memcached.password", password);
    return properties;
  }
}
