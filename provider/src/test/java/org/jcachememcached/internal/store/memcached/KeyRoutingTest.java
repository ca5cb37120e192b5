package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import org.jcachememcached.internal.config.AffinityRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRoutingTest {

  private static final KeyRouting NONE = new KeyRouting(AffinityRule.NONE);
  private static final KeyRouting BRACES = new KeyRouting(AffinityRule.BRACES);

  @ParameterizedTest
  @CsvSource({
    "shop:cart:s.1, shop:cart:s.1",
    "shop:cart:s.{u}:1, u",
    "shop:cart:s.{u}{v}, u",
    "shop:cart:s.{}{v}, v",
    "shop:cart:s.{{v}, {v",
    "shop:cart:s.{}, shop:cart:s.{}",
    "shop:cart:s.{u, shop:cart:s.{u",
    "shop:cart:s.}{, shop:cart:s.}{"
  })
  void whatIsInBracesCountsIfItIsSetTo(String key, String part) {
    assertThat(BRACES.partOf(key)).isEqualTo(part);
    assertThat(NONE.partOf(key)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "shop:cart:b.EAE\u00C2\u00A6user, user",
    "shop:cart:s.{long}\u00C2\u00A6hash, hash",
    "shop:cart:b.EAE\u00A6user, user"
  })
  void whatIsBehindAMarkAlwaysCounts(String key, String part) {
    assertThat(BRACES.partOf(key)).isEqualTo(part);
    assertThat(NONE.partOf(key)).isEqualTo(part);
  }
}
