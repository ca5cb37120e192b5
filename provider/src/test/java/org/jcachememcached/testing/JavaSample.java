package org.jcachememcached.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Java sample of the documentation, which is compiled but not run.
 *
 * <p>A sample consists of statements, and of types declared between them; it becomes the body of a
 * method that may throw any exception. Lines that begin with {@code import} are moved to the top of
 * the file. The {@link Context} has what the samples do not declare themselves. Immutable.
 */
public final class JavaSample {

  /** The class path of the tests, also where surefire or a module path hides it. */
  private static final String CLASS_PATH =
      Stream.of("java.class.path", "surefire.test.class.path", "jdk.module.path")
          .map(System::getProperty)
          .filter(Objects::nonNull)
          .collect(Collectors.joining(File.pathSeparator));

  private final Context context;
  private final String code;

  /**
   * What samples use without declaring it.
   *
   * @param imports names of classes, and of packages with {@code .*}
   * @param members fields, and types of the application, that samples refer to
   */
  public record Context(List<String> imports, String members) {}

  /** A sample as written in the page. */
  public JavaSample(Context context, String code) {
    this.context = context;
    this.code = code;
  }

  /** The errors of the compiler, with the lines; empty if the sample compiles. */
  public List<String> errors() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    Path classes = emptyDirectory();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-classpath", CLASS_PATH, "-d", classes.toString());
      compiler
          .getTask(null, files, diagnostics, options, null, List.of(new Source(wrapped())))
          .call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      remove(classes);
    }
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(this::describe)
        .toList();
  }

  private String wrapped() {
    String imports =
        Stream.concat(
                context.imports().stream().map(name -> "import " + name + ";"),
                code.lines().filter(JavaSample::isImport))
            .collect(Collectors.joining("\n"));
    String body = code.lines().filter(line -> !isImport(line)).collect(Collectors.joining("\n"));
    return """
    %s

    class Sample {
    %s

    void sample() throws Exception {
    %s
    }
    }
    """
        .formatted(imports, context.members(), body);
  }

  private static boolean isImport(String line) {
    return line.startsWith("import ");
  }

  private String describe(Diagnostic<? extends JavaFileObject> diagnostic) {
    List<String> lines = wrapped().lines().toList();
    int line = (int) diagnostic.getLineNumber() - 1;
    return diagnostic.getMessage(Locale.ROOT)
        + (line >= 0 && line < lines.size() ? " in: " + lines.get(line).strip() : "");
  }

  private static Path emptyDirectory() {
    try {
      return Files.createTempDirectory("sample");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String text) {
      super(URI.create("string:///Sample.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
