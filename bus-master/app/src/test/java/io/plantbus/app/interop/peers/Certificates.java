package io.plantbus.app.interop.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Keys and certificates for TLS with mutual authentication, made for one test run: `ca.pem`, and
/// `server` and `client` each as `.pem`, `.key` and `.p12` (password [#PASSWORD]). Both are for
/// localhost; they carry the role `Operator` in the extension of Modbus/TCP Security, others what
/// is asked for.
public final class Certificates {
  static final String PASSWORD = "interop";

  private static final Path OPENSSL = Path.of("/usr/bin/openssl");

  private Certificates() {}

  /// Why they cannot be made on this machine and what to do about that, or null if they can.
  public static @Nullable String unavailable() {
    return Files.isExecutable(OPENSSL)
        ? null
        : "openssl is not installed: install the package openssl";
  }

  /// Makes them in an empty folder.
  ///
  /// @throws IOException if openssl fails
  public static void make(Path folder) throws IOException {
    openssl(folder, "req -x509 -nodes -days 2 -subj /CN=interop-ca", key("ca"), "-out ca.pem");
    for (String name : List.of("server", "client")) {
      issue(folder, name, "Operator");
    }
  }

  /// Makes another one where [#make(Path)] has made some.
  ///
  /// @throws IOException if openssl fails
  public static void issue(Path folder, String name, String role) throws IOException {
    Files.writeString(
        folder.resolve("extensions"),
        """
        subjectAltName=IP:127.0.0.1,DNS:localhost
        1.3.6.1.4.1.50316.802.1=ASN1:UTF8String:%s
        """
            .formatted(role));
    openssl(folder, "req -nodes -subj /CN=" + name, key(name), "-out " + name + ".csr");
    openssl(
        folder,
        "x509 -req -days 2 -CA ca.pem -CAkey ca.key -CAcreateserial -extfile extensions",
        "-in " + name + ".csr -out " + name + ".pem");
    openssl(
        folder,
        "pkcs12 -export -in " + name + ".pem -inkey " + name + ".key",
        "-passout pass:" + PASSWORD + " -out " + name + ".p12");
  }

  /// What one party shows and whom it trusts.
  public record Managers(KeyManagerFactory keys, TrustManagerFactory trust) {}

  /// What one party has.
  ///
  /// @param name one of those that were made
  public static Managers managers(Path folder, String name) throws GeneralSecurityException {
    char[] password = PASSWORD.toCharArray();
    try (InputStream own = Files.newInputStream(folder.resolve(name + ".p12"));
        InputStream authority = Files.newInputStream(folder.resolve("ca.pem"))) {
      KeyStore identity = KeyStore.getInstance("PKCS12");
      identity.load(own, password);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(identity, password);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, password);
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(authority));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      return new Managers(keys, trust);
    } catch (IOException failure) {
      throw new GeneralSecurityException(failure);
    }
  }

  private static String key(String name) {
    return "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -keyout " + name + ".key";
  }

  private static void openssl(Path folder, String... words) throws IOException {
    String command = OPENSSL + " " + String.join(" ", words);
    Process process =
        new ProcessBuilder(command.split(" "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + " failed:\n" + said);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
