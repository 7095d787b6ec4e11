package io.plantbus.app.config;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problem;
import io.plantbus.devices.document.Problems;
import io.plantbus.hal.PortException;
import io.plantbus.hal.TlsFiles;
import io.plantbus.hal.tcp.tls.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// Opens the TLS files that a plant names and tells what is wrong with them. Used once.
public final class TlsCheck {
  /// How long before its end a certificate is worth a warning.
  private static final Duration SOON = Duration.ofDays(30);

  private final Problems problems = new Problems();
  private final Instant now;

  private TlsCheck(Instant now) {
    this.now = now;
  }

  /// What is wrong: errors for what keeps a line or the SCADA endpoint from being secured, warnings
  /// for certificates that end soon and authorities whose certificate has ended.
  ///
  /// @param now the time of day
  public static List<Problem> of(PlantFile plant, Instant now) {
    TlsCheck check = new TlsCheck(now);
    plant.secured().forEach(check::check);
    return check.problems.list();
  }

  private void check(SecuredPart part) {
    TlsFiles files = part.files();
    boolean certificate = isThere(part.at("certificate"), files.certificateChain());
    boolean key = isThere(part.at("key"), files.privateKey());
    boolean trust = isThere(part.at("trust"), files.trustAnchors());
    if (!certificate || !key || !trust) {
      return;
    }
    try {
      TlsIdentity.load(files.certificateChain(), files.privateKey(), files.trustAnchors());
    } catch (PortException wrong) {
      tell(part.at(key(files, wrong)), wrong);
      return;
    }
    for (X509Certificate own : certificates(files.certificateChain())) {
      warnOfEnd(part.at("certificate"), files.certificateChain(), own);
    }
    for (X509Certificate authority : certificates(files.trustAnchors())) {
      warnOfEnd(part.at("trust"), files.trustAnchors(), authority);
    }
  }

  private boolean isThere(Node where, Path file) {
    if (!Files.exists(file)) {
      problems.error(where, "there is no file " + file, "check the path");
      return false;
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      problems.error(
          where,
          file + " cannot be read",
          "write the path of a file that this program's user may read");
      return false;
    }
    return true;
  }

  /// The key whose file a message is about: it begins with the file's path after a few words.
  private static String key(TlsFiles files, PortException wrong) {
    String message = String.valueOf(wrong.getMessage());
    if (message.startsWith("the private key file " + files.privateKey() + " ")) {
      return "key";
    }
    boolean trust =
        message.startsWith("the file of trusted authorities " + files.trustAnchors() + " ");
    return trust ? "trust" : "certificate";
  }

  private void tell(Node where, PortException wrong) {
    String message = String.valueOf(wrong.getMessage());
    int remedy = message.indexOf("; ");
    problems.error(
        where,
        remedy < 0 ? message : message.substring(0, remedy),
        remedy < 0 ? "" : message.substring(remedy + 2));
  }

  private void warnOfEnd(Node where, Path file, X509Certificate certificate) {
    Instant end = certificate.getNotAfter().toInstant();
    String name = certificate.getSubjectX500Principal().getName();
    LocalDate day = LocalDate.ofInstant(end, ZoneOffset.UTC);
    if (end.isBefore(now)) {
      problems.warning(where, "%s in %s expired on %s".formatted(name, file, day), "replace it");
    } else if (end.isBefore(now.plus(SOON))) {
      long days = Duration.between(now, end).toDays();
      problems.warning(
          where,
          "%s in %s expires on %s, in %d day%s"
              .formatted(name, file, day, days, days == 1 ? "" : "s"),
          "renew it before");
    }
  }

  /// All of a file that was loaded before.
  private static List<X509Certificate> certificates(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(stream).stream()
          .map(TlsCheck::x509)
          .toList();
    } catch (IOException | CertificateException _) {
      return List.of(); // somebody has changed it since
    }
  }

  private static X509Certificate x509(Certificate certificate) {
    return (X509Certificate) certificate;
  }
}
