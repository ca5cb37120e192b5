package org.jcachememcached.elasticache;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate in files: in the form that memcached reads, as a truststore and as a
 * keystore. Immutable.
 */
final class SelfSigned {

  static final String PASSWORD = "changeit";

  private static final String ALIAS = "server";

  private final Path directory;

  private SelfSigned(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes one.
   *
   * @param directory where the files go; it must not exist yet
   * @param name whom it is for, as keytool writes it, such as {@code ip:127.0.0.1}
   */
  static SelfSigned of(String name, Path directory) throws Exception {
    Files.createDirectory(directory);
    SelfSigned made = new SelfSigned(directory);
    Path keys = made.keystoreFile();
    runKeytool(keys, name);
    made.write(KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()));
    return made;
  }

  private static void runKeytool(Path keys, String name) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "RSA",
            "-dname",
            "CN=memcached",
            "-ext",
            "san=" + name,
            "-keystore",
            keys.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }

  private void write(KeyStore keys) throws IOException, GeneralSecurityException {
    Certificate certificate = keys.getCertificate(ALIAS);
    Key key = keys.getKey(ALIAS, PASSWORD.toCharArray());
    Files.writeString(certificateFile(), pem("CERTIFICATE", certificate.getEncoded()));
    Files.writeString(keyFile(), pem("PRIVATE KEY", key.getEncoded()));
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, certificate);
    try (OutputStream out = Files.newOutputStream(truststoreFile())) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  private static String pem(String type, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, lines);
  }

  Path certificateFile() {
    return directory.resolve("certificate.pem");
  }

  Path keyFile() {
    return directory.resolve("key.pem");
  }

  /** The certificate and its private key, under the password {@link #PASSWORD}. */
  Path keystoreFile() {
    return directory.resolve("keys.p12");
  }

  /** The certificate alone, under the password {@link #PASSWORD}. */
  Path truststoreFile() {
    return directory.resolve("trusted.p12");
  }
}
