package org.jcachememcached.internal.store.memcached.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jcachememcached.internal.config.Server;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileQuestionTest {

  @TempDir private Path directory;

  private Path file;
  private FileQuestion question;

  @BeforeEach
  void begin() {
    file = directory.resolve("servers");
    question = new FileQuestion(file, false);
  }

  private void write(String content) throws IOException {
    Files.writeString(file, content);
  }

  private List<String> ask() throws SourceException {
    return question.ask().stream().map(Server::toString).toList();
  }

  private void assertFails(String message) {
    assertThatExceptionOfType(SourceException.class).isThrownBy(question::ask).withMessage(message);
  }

  @Test
  void theServersAreInTheOrderOfTheFile() throws Exception {
    write("# shop\nh2:1:2\nh1 unix:/a.sock\nh2:1\n");

    assertThat(ask()).containsExactly("h2:1:2", "h1:11211", "unix:/a.sock");
  }

  @Test
  void aChangeCountsWhenItHasStayed() throws Exception {
    write("h1\nh2\nh3\n");
    ask();
    write("h1\n");
    assertThat(ask()).hasSize(3);
    write("h1\nh2\nh4\n");
    assertThat(ask()).containsExactly("h1:11211", "h2:11211", "h3:11211");
    assertThat(ask()).containsExactly("h1:11211", "h2:11211", "h4:11211");
  }

  @Test
  void aFileThatIsEmptyForAMomentIsNoFailure() throws Exception {
    write("h1\n");
    ask();
    write("");
    assertThat(ask()).containsExactly("h1:11211");
    assertFails("names no server");
    assertFails("names no server");
    write("h2\n");
    assertThat(ask()).containsExactly("h1:11211");
    assertThat(ask()).containsExactly("h2:11211");
  }

  @Test
  void aFileMayAppearLater() throws Exception {
    assertFails("does not exist");
    write("h1\n");
    assertThat(ask()).containsExactly("h1:11211");
  }

  @Test
  void garbageIsRefusedAsAWhole() throws Exception {
    write("h1\nh2:0\n");
    assertFails("has something else than servers in line 2: 0 is out of range");
    write("h1\n<html>\n");
    assertFails("has something else than servers in line 2: <html> is no server");
    Files.write(file, new byte[] {(byte) 0xFF, 0});
    assertFails("has something else than servers in line 1: \uFFFD  is no server");
  }

  @Test
  void aLargeFileIsRefused() throws Exception {
    write("#".repeat((1 << 20) - 2) + "\nh");
    assertThat(ask()).containsExactly("h:11211");
    write("#".repeat(1 << 20) + "\n");
    assertFails("is larger than 1048576 bytes");
  }

  @Test
  void aDirectoryCannotBeRead() throws Exception {
    Files.createDirectory(file);
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(question::ask)
        .withMessageStartingWith("cannot be read: ");
  }

  @Test
  void encryptedConnectionsNeedTcpPorts() throws Exception {
    question = new FileQuestion(file, true);
    write("h1\nunix:/a.sock\n");

    assertFails("names unix:/a.sock, but must name TCP ports only, because tls.enabled is true");
  }
}
