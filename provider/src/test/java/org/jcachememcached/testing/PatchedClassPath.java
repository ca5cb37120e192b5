package org.jcachememcached.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The class path of the test once more, in a class loader of its own, without some classes and with
 * others in their place: what an application has whose libraries do not go together. Not
 * thread-safe.
 */
public final class PatchedClassPath extends URLClassLoader {

  private final Predicate<String> hidden;

  private PatchedClassPath(Predicate<String> hidden, Stream<Path> first) {
    super(
        Stream.concat(first, testClassPath()).map(PatchedClassPath::url).toArray(URL[]::new),
        ClassLoader.getPlatformClassLoader());
    this.hidden = hidden;
  }

  /** Without the classes whose full names match. */
  public static PatchedClassPath without(Predicate<String> hidden) {
    return new PatchedClassPath(hidden, Stream.empty());
  }

  /**
   * With a class in place of another.
   *
   * @param directory where it is compiled to
   */
  public static PatchedClassPath with(Path directory, String className, String source) {
    Path file = directory.resolve(className.replace('.', '/') + ".java");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> arguments = List.of("-d", directory.toString(), file.toString());
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (result != 0) {
      throw new IllegalArgumentException(source);
    }
    return new PatchedClassPath(name -> false, Stream.of(directory));
  }

  /** What a static method without parameters answers that is run with this class path. */
  public Object call(Class<?> type, String method) {
    try {
      return loadClass(type.getName()).getMethod(method).invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (hidden.test(name)) {
      throw new ClassNotFoundException(name);
    }
    return super.findClass(name);
  }

  private static Stream<Path> testClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
