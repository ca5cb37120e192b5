package org.jcachememcached.internal.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.SettingValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadNamesTest {

  @ParameterizedTest
  @CsvSource({
    "timeout, memcached.timeout",
    "on.failure, memcached.on.failure",
    "cache.users.expiry, memcached.cache.users.expiry",
    "memcache.timeout, memcached.timeout",
    "Memcached.page.size, memcached.page.size",
    "memcache.cache.a.b.codec, memcached.cache.a.b.codec",
    "jcache-memcached.servers, memcached.servers",
  })
  void propertyIsNamedAsItShouldBe(String name, String right) {
    assertThat(UnreadNames.ofProperties(List.of(name)))
        .containsExactly(
            "The property " + name + " is not read; the setting is the property " + right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memcached.timeout",
        "hibernate.cache.uri",
        "spring.cache.timeout",
        "javax.persistence.query.timeout",
        "cache.timeout",
        "cache.size",
        "timeouts",
        "memcachedtimeout",
        ".timeout",
        "",
      })
  void otherPropertiesAreSomebodyElses(String name) {
    assertThat(UnreadNames.ofProperties(List.of(name))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MEMCACHED_SERVRS, MEMCACHED_SERVERS",
    "MEMCACHED_SERVER, MEMCACHED_SERVERS",
    "MEMCACHE_SERVERS, MEMCACHED_SERVERS",
    "MEMCACHED_PASWORD, MEMCACHED_PASSWORD",
    "JCACHE_MEMCACHED_URL, JCACHE_MEMCACHED_URI",
  })
  void variableIsNamedAsItShouldBe(String name, String right) {
    assertThat(UnreadNames.ofEnvironment(List.of(name, "PATH"), Map.of()))
        .containsExactly(
            "The environment variable " + name + " is not read; the nearest that is, is " + right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MEMCACHED_SERVERS",
        "JCACHE_MEMCACHED_URI",
        "MEMCACHED_PORT",
        "MEMCACHED_SERVICE_HOST",
        "SHOP_MEMCACHED_SERVERS",
      })
  void otherVariablesAreSomebodyElses(String name) {
    assertThat(UnreadNames.ofEnvironment(List.of(name), Map.of())).isEmpty();
  }

  @Test
  void variableThatIsNotMissingIsNotLookedFor() {
    Map<Setting<?>, SettingValue> given =
        Map.of(ConnectionSettings.SERVERS, new SettingValue("h", "the URI memcached://h"));

    assertThat(UnreadNames.ofEnvironment(List.of("MEMCACHED_SERVER"), given)).isEmpty();
  }

  @Test
  void blockIsNamedAsItShouldBe() {
    assertThat(UnreadNames.ofBlocks(List.of("jcache_memcached", "memcached", "java")))
        .containsExactly(
            "The block jcache_memcached in the configuration of the application is not read; the"
                + " name is jcache-memcached");
  }
}
