package org.jcachememcached.internal.store.memcached.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import org.jcachememcached.internal.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final KeyStoreFile NO_TRUSTSTORE = new KeyStoreFile("truststore", "", "");
  private static final KeyStoreFile NO_KEYSTORE = new KeyStoreFile("keystore", "", "");

  @TempDir private Path directory;

  @Test
  void needsNoFile() {
    assertThat(Tls.of(NO_TRUSTSTORE, NO_KEYSTORE).context().getProtocol()).isEqualTo("TLS");
  }

  @Test
  void aFileMustExist() {
    String missing = directory.resolve("nowhere.p12").toString();

    assertThatThrownBy(() -> Tls.of(new KeyStoreFile("truststore", missing, "x"), NO_KEYSTORE))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the truststore '" + missing + "' (setting 'tls.truststore.file')")
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> Tls.of(NO_TRUSTSTORE, new KeyStoreFile("keystore", missing, "x")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the keystore '" + missing + "' (setting 'tls.keystore.file')")
        .hasMessageContaining("there is no such file");
  }

  @Test
  void aPasswordMustBeRight() throws Exception {
    String path = emptyStore("right").toString();

    assertThatThrownBy(() -> Tls.of(NO_TRUSTSTORE, new KeyStoreFile("keystore", path, "wrong")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the password is wrong")
        .hasMessageContaining("'tls.keystore.password'")
        .hasMessageNotContaining("'wrong'");
  }

  @Test
  void aFileMustHaveTheFormat() throws Exception {
    String path = Files.writeString(directory.resolve("text.p12"), "certificate").toString();

    assertThatThrownBy(() -> Tls.of(NO_TRUSTSTORE, new KeyStoreFile("keystore", path, "x")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("it cannot be read")
        .hasMessageContaining("PKCS #12 or JKS");
  }

  @Test
  void aKeystoreMustHaveAPrivateKey() throws Exception {
    String path = emptyStore("right").toString();

    assertThatThrownBy(() -> Tls.of(NO_TRUSTSTORE, new KeyStoreFile("keystore", path, "right")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(path)
        .hasMessageContaining("it contains no private key");
  }

  @Test
  void aFileShowsNoPassword() {
    assertThat(new KeyStoreFile("keystore", "client.p12", "secret"))
        .hasToString("keystore 'client.p12'");
  }

  private Path emptyStore(String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Path path = directory.resolve("empty.p12");
    try (OutputStream out = Files.newOutputStream(path)) {
      store.store(out, password.toCharArray());
    }
    return path;
  }
}
