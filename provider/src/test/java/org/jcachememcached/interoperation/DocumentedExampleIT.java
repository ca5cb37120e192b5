package org.jcachememcached.interoperation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.api.KeyStrategy;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of {@code docs/interoperation.md} does what it says: in code, from a file, and in the
 * other languages. What stands there is run, with the address of a server that is there.
 */
class DocumentedExampleIT {

  private static final Path SOURCE =
      Path.of("src/test/java", DocumentedExampleIT.class.getName().replace('.', '/') + ".java");

  private final MemcachedServer server = MemcachedServer.start();
  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private CacheManager manager;

  @TempDir private Path directory;

  @BeforeEach
  void open() {
    manager =
        provider.getCacheManager(
            URI.create("memcached://" + server.address() + "/?timeout=10s"), null);
  }

  @AfterEach
  void close() {
    provider.close();
    server.close();
  }

  @Test
  void codeIsThatOfThePage() throws IOException {
    assertThat(withoutLayout(Files.readString(SOURCE))).contains(withoutLayout(block("java")));
  }

  @Test
  void fileSaysTheSameAsTheCode() throws IOException {
    putInCode();

    Cache<String, User> users = fromFile();
    assertThat(users.get("42")).isEqualTo(new User("Ada", 36));
    users.put("42", new User("Eve", 37));

    assertThat(server.command("mg user:42 v f t").split(" ")).contains("f0");
    Cache<String, User> inCode = manager.getCache("users", String.class, User.class);
    assertThat(inCode.get("42")).isEqualTo(new User("Eve", 37));
  }

  @Test
  void pythonSharesTheEntry() throws IOException, InterruptedException {
    assertShared(Client.PYMEMCACHE, "python");
  }

  @Test
  void phpSharesTheEntry() throws IOException, InterruptedException {
    assertShared(Client.PHP_MEMCACHED, "php");
  }

  private void assertShared(Client client, String language)
      throws IOException, InterruptedException {
    client.requireInstalled();
    Cache<String, User> users = putInCode();

    assertThat(run(client.interpreter(), block(language))).isEqualTo("Ada\n");
    assertThat(users.get("43")).isEqualTo(new User("Grace", 45));
    assertThat(fromFile().get("43")).isEqualTo(new User("Grace", 45));
  }

  private Cache<String, User> putInCode() {
    Cache<String, User> users =
        manager.createCache(
            "users",
            new MemcachedConfiguration<String, User>()
                .setTypes(String.class, User.class)
                .setCodec("json")
                .setFormat(ItemFormat.PLAIN)
                .setKeyStrategy(KeyStrategy.STRING)
                .setKeyPrefix("user:")
                .setExpiry("created 30 minutes"));
    users.put("42", new User("Ada", 36));
    return users;
  }

  private Cache<String, User> fromFile() throws IOException {
    String text = block("hocon").replace("com.acme.User", User.class.getName());
    Path file = Files.writeString(directory.resolve("shop.conf"), text);
    return provider.getCacheManager(file.toUri(), null).getCache("users", String.class, User.class);
  }

  private String run(List<String> interpreter, String script)
      throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("script"), script);
    List<String> command = new ArrayList<>(interpreter);
    command.add(file.toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }

  /** The one block of the page in a language, with the address of the server. */
  private String block(String language) {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Matrix.page());
    assertThat(block.find()).as("The page has a block in %s", language).isTrue();
    return block
        .group(1)
        .replace("10.0.0.1", server.host())
        .replace("11211", Integer.toString(server.port()));
  }

  private static String withoutLayout(String text) {
    return text.replaceAll("\\s+", "");
  }
}
