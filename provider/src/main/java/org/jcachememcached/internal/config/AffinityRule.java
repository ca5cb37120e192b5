package org.jcachememcached.internal.config;

/** Which text keys belong together, besides keys that say it themselves. */
public enum AffinityRule {

  /** None. */
  NONE,

  /** Those whose first braces that are not empty contain the same. */
  BRACES
}
