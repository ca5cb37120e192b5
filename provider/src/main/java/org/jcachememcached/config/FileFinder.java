package org.jcachememcached.config;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Locale;

/**
 * Finds the configuration file of a manager: the one that its URI names, or what the application
 * has in its {@code application.conf}. This is as near as anything comes to the library that reads
 * such files without needing it. Stateless.
 */
final class FileFinder {

  private static final String CLASSPATH = "classpath:";
  private static final String LIBRARY = "com.typesafe.config.ConfigFactory";

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
    if (!hasLibrary()) {
      throw new IllegalArgumentException(
          "The URI of the cache manager, %s, names a configuration file, but what reads it,"
                  .formatted(uri)
              + " com.typesafe:config, is not on the class path");
    }
    return HoconFile.read(url, classLoader);
  }

  /**
   * What {@code application.conf} and {@code reference.conf} on the class path say, if anything.
   */
  static FileSource ofApplication(ClassLoader classLoader) {
    return hasLibrary() ? HoconFile.readApplication(classLoader) : FileSource.NONE;
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

  private static boolean hasLibrary() {
    try {
      Class.forName(LIBRARY, false, FileFinder.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
