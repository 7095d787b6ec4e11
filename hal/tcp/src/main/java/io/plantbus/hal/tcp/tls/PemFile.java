package io.plantbus.hal.tcp.tls;

import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file with certificates or a private key in PEM. What it says about a file never holds anything
/// from inside of it.
///
/// @param what the file is for, as the start of a sentence about it
record PemFile(String what, Path path) {
  private static final Logger LOGGER = LoggerFactory.getLogger(PemFile.class);
  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /// All certificates, in order; at least one.
  List<X509Certificate> certificates() throws PortException {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Certificate one : factory.generateCertificates(new ByteArrayInputStream(bytes()))) {
        found.add((X509Certificate) one);
      }
    } catch (CertificateException _) {
      throw unusable("holds no readable X.509 certificate in PEM");
    }
    if (found.isEmpty()) {
      throw unusable("holds no certificate; it must hold PEM with BEGIN CERTIFICATE");
    }
    return found;
  }

  /// The private key, unencrypted PKCS #8.
  ///
  /// @param algorithm `RSA` or `EC`, that of the certificate it belongs to
  PrivateKey privateKey(String algorithm) throws PortException {
    String text = new String(bytes(), StandardCharsets.US_ASCII);
    warnIfOpenToAll();
    Matcher block = PKCS8.matcher(text);
    if (!block.find()) {
      throw unusable(notPkcs8(text));
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw unusable("holds no readable %s key, which its certificate needs".formatted(algorithm));
    }
  }

  private static String notPkcs8(String text) {
    if (text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED")) {
      return "is encrypted; store it unencrypted, readable by this program's user only";
    }
    if (text.contains("BEGIN RSA PRIVATE KEY") || text.contains("BEGIN EC PRIVATE KEY")) {
      return "is not in PKCS #8; convert it with: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW";
    }
    return "holds no private key; it must hold PEM with BEGIN PRIVATE KEY";
  }

  private void warnIfOpenToAll() {
    try {
      if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)) {
        LOGGER
            .atWarn()
            .addKeyValue("file", path)
            .log("the private key can be read by every user of this machine; use chmod 600");
      }
    } catch (IOException | UnsupportedOperationException _) {
      // A file system without such permissions: nothing to tell.
    }
  }

  private byte[] bytes() throws PortException {
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw unusable("is larger than 1 MiB, so it is no PEM file");
      }
      return Files.readAllBytes(path);
    } catch (IOException failure) {
      throw unread(failure);
    }
  }

  /// Why the file could not be read.
  PortException unread(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ ->
          new PortException(
              PortFault.MISSING, "%s %s does not exist; check its path".formatted(what, path));
      case AccessDeniedException _ ->
          new PortException(
              PortFault.PERMISSION_DENIED,
              "%s %s cannot be read by this program's user; check its owner and permissions"
                  .formatted(what, path));
      default -> unusable("cannot be read; it must be a PEM file");
    };
  }

  /// The file is there, but is of no use.
  PortException unusable(String why) {
    return new PortException(PortFault.UNSUPPORTED_SETTINGS, "%s %s %s".formatted(what, path, why));
  }
}
