package org.jcachememcached.internal.store.memcached.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.ServerSource.ServerFile;

/**
 * Reads a file with servers. What has changed counts when it has stayed the same between two looks,
 * because it may have been half-written at the first one. For one thread.
 */
final class FileQuestion implements Question {

  private final Path file;
  private final boolean encrypted;
  private byte[] seen = {};
  private List<Server> servers = List.of();

  /**
   * @param encrypted whether connections are encrypted, which those to Unix sockets cannot be
   */
  FileQuestion(Path file, boolean encrypted) {
    this.file = file;
    this.encrypted = encrypted;
  }

  @Override
  public List<Server> ask() throws SourceException {
    byte[] content = read();
    boolean settled = Arrays.equals(content, seen);
    seen = content;
    if (settled || servers.isEmpty()) {
      servers = parse(new String(content, UTF_8));
    }
    return servers;
  }

  private byte[] read() throws SourceException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(Answers.MAX_BYTES + 1);
      if (content.length > Answers.MAX_BYTES) {
        throw new SourceException("is larger than %d bytes".formatted(Answers.MAX_BYTES));
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new SourceException("does not exist", e);
    } catch (IOException e) {
      throw new SourceException("cannot be read: " + e, e);
    }
  }

  private List<Server> parse(String content) throws SourceException {
    List<Server> listed = Answers.distinct(servers(content));
    for (Server server : listed) {
      if (encrypted && server.isAtUnixSocket()) {
        throw new SourceException(
            "names %s, but must name TCP ports only, because tls.enabled is true"
                .formatted(server));
      }
    }
    return listed;
  }

  private static List<Server> servers(String content) throws SourceException {
    try {
      return ServerFile.servers(content);
    } catch (IllegalArgumentException e) {
      throw new SourceException(
          "has something else than servers in "
              + SourceException.quote(String.valueOf(e.getMessage())),
          e);
    }
  }
}
