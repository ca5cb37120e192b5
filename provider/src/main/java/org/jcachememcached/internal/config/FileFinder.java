package org.jcachememcached.internal.config;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Locale;

/**
 * Finds the configuration file of a manager: the one that its URI names, or what the application
 * has in its {@code application.conf}. This is as near as anything comes to the library that reads
 * such files without needing it. Stateless.
 */
final class FileFinder {

  /** The block of a configuration file that is ours. */
  static final String ROOT = "jcache-memcached";

  private static final String CLASSPATH = "classpath:";
  private static final OptionalLibrary LIBRARY = OptionalLibrary.TYPESAFE_CONFIG;

  private FileFinder() {}

  /**
   * What the file says that the URI names.
   *
   * @param uri of a scheme that is no engine's
   * @throws IllegalArgumentException if there is no such file, it cannot be read, or what it says
   *     is wrong
   */
  static FileSource named(URI uri, ClassLoader classLoader) {
    URL url = locate(uri, classLoader);
    try {
      return HoconFile.read(url, classLoader);
    } catch (LinkageError e) {
      throw new IllegalArgumentException(
          "The URI of the cache manager, %s, names a configuration file, but what reads it, %s, %s"
              .formatted(uri, LIBRARY, LIBRARY.fault(e)),
          e);
    }
  }

  /**
   * What {@code application.conf} and {@code reference.conf} on the class path say, if anything.
   */
  static FileSource ofApplication(ClassLoader classLoader) {
    if (!LIBRARY.isPresent()) {
      return FileSource.NONE;
    }
    try {
      return HoconFile.readApplication(classLoader);
    } catch (LinkageError e) {
      // It may be there for others alone, who do not need what is missing.
      return FileSource.none(
          List.of("application.conf is not read: %s %s".formatted(LIBRARY, LIBRARY.fault(e))));
    }
  }

  private static URL locate(URI uri, ClassLoader classLoader) {
    String text = uri.toString();
    if (!text.toLowerCase(Locale.ROOT).startsWith(CLASSPATH)) {
      return url(uri);
    }
    String name = uri.getSchemeSpecificPart().replaceFirst("^/+", "");
    URL resource = classLoader.getResource(name);
    if (resource == null) {
      throw new IllegalArgumentException(
          "The URI of the cache manager, %s, names a configuration file, but the class path has no"
                  .formatted(uri)
              + " resource "
              + name);
    }
    return resource;
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw ManagerUri.wrongForm(uri, e);
    }
  }
}
