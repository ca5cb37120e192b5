package org.jcachememcached.guice;

import java.lang.annotation.Annotation;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.GeneratedCacheKey;
import org.jsr107.ri.annotations.DefaultGeneratedCacheKey;

/** Keys that consist of what the parameters look like as text. */
class TextKey implements CacheKeyGenerator {

  @Override
  public GeneratedCacheKey generateCacheKey(
      CacheKeyInvocationContext<? extends Annotation> context) {
    CacheInvocationParameter[] parameters = context.getKeyParameters();
    Object[] texts = new Object[parameters.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = String.valueOf(parameters[i].getValue());
    }
    return new DefaultGeneratedCacheKey(texts);
  }
}
