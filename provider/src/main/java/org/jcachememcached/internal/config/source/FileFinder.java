package org.jcachememcached.internal.config.source;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import org.jcachememcached.internal.library.OptionalLibrary;

/**
 * Finds the configuration file of a manager: the one that its URI names, or the application's
 * {@code application.conf}. This class works without the library that reads such files. Stateless.
 */
final class FileFinder {

  /** The block of a configuration file that is ours. */
  static final String ROOT = "jcache-memcached";

  private static final String CLASSPATH = "classpath:";
  private static final OptionalLibrary LIBRARY = OptionalLibrary.TYPESAFE_CONFIG;

  private FileFinder() {}

  /**
   * Reads the file that a URI names.
   *
   * @param uri with a scheme other than those of the engines
   * @throws IllegalArgumentException if there is no such file, it cannot be read, or its contents
   *     are wrong
   */
  static SourceContents named(URI uri, ClassLoader classLoader) {
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

  /** Reads {@code application.conf} and {@code reference.conf} on the class path, if present. */
  static SourceContents ofApplication(ClassLoader classLoader) {
    if (!LIBRARY.isPresent()) {
      return SourceContents.NONE;
    }
    try {
      return HoconFile.readApplication(classLoader);
    } catch (LinkageError e) {
      // It may be present only for other users, which do not need the missing class.
      return SourceContents.none(
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
