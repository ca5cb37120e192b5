package org.jcachememcached.internal.cache;

import java.lang.reflect.InvocationTargetException;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import org.jcachememcached.internal.codec.serialization.ApplicationClasses;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.Settings;

/**
 * Creates instances of a class that a setting names, by its public constructor without parameters.
 * Immutable; two factories of one class are equal.
 *
 * @param type the class
 */
record ClassFactory<T>(Class<? extends T> type) implements Factory<T> {

  /**
   * The factory that a setting names: a class of the wanted type, or a {@link Factory} of it.
   *
   * @param setting the setting, for the error message
   * @throws CacheException if the class is missing or is neither
   */
  @SuppressWarnings("unchecked") // The objects of a factory are checked when they are used.
  static <T> Factory<T> named(
      String className,
      Class<? super T> wanted,
      Setting<?> setting,
      Settings settings,
      ClassLoader loader) {
    Class<?> type = load(className, setting, settings, loader);
    if (wanted.isAssignableFrom(type)) {
      return new ClassFactory<>((Class<? extends T>) type);
    }
    if (Factory.class.isAssignableFrom(type)) {
      return new ClassFactory<>((Class<? extends Factory<T>>) type).create();
    }
    throw new CacheException(
        "The setting %s in %s is \"%s\", but must be a class that implements %s or %s"
            .formatted(
                setting.name(),
                settings.origin(setting),
                className,
                wanted.getName(),
                Factory.class.getName()));
  }

  /**
   * The class that a setting names.
   *
   * @throws CacheException if it is missing
   */
  static Class<?> load(
      String className, Setting<?> setting, Settings settings, ClassLoader loader) {
    try {
      return new ApplicationClasses(() -> loader).load(className);
    } catch (ClassNotFoundException e) {
      throw new CacheException(
          "The setting %s in %s is \"%s\", but must be a class that the class loader of the cache manager, or of the thread, finds"
              .formatted(setting.name(), settings.origin(setting), className),
          e);
    } catch (LinkageError e) {
      throw new CacheException(
          "The setting %s in %s is \"%s\", a class that does not link: %s"
              .formatted(setting.name(), settings.origin(setting), className, e),
          e);
    }
  }

  @Override
  public T create() {
    try {
      return type.getConstructor().newInstance();
    } catch (LinkageError e) {
      throw new CacheException(type.getName() + " does not link: " + e, e);
    } catch (InvocationTargetException e) {
      throw new CacheException("The constructor of " + type.getName() + " failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new CacheException(
          type.getName()
              + " is named in the configuration, but has no public constructor without"
              + " parameters in a public class",
          e);
    }
  }
}
