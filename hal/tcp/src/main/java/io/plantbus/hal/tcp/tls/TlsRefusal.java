package io.plantbus.hal.tcp.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.plantbus.hal.PortFault;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why TLS with a peer failed, told to a person: who refused whom, and what to do about it.
///
/// @param fault what kind of fault it is
/// @param message one sentence, without anything secret
public record TlsRefusal(PortFault fault, String message) {
  private static final String ALERT = "Received fatal alert: ";
  private static final int DEEPEST = 12;

  /// Finds the reason in what a TLS engine complains about.
  ///
  /// @param peer its endpoint as a user would write it
  public static TlsRefusal of(String peer, Throwable failure) {
    Throwable cause = failure;
    TlsRefusal found = null;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      TlsRefusal inner = ofOne(peer, cause);
      found = inner == null ? found : inner;
      cause = cause.getCause();
    }
    return found == null
        ? new TlsRefusal(
            PortFault.UNTRUSTED,
            "TLS with %s failed (%s); check certificates and settings on both sides"
                .formatted(peer, text(failure)))
        : found;
  }

  /// What this one complaint tells; the innermost that tells something is the reason.
  private static @Nullable TlsRefusal ofOne(String peer, Throwable cause) {
    return switch (cause) {
      case CertificateExpiredException expired -> expired(peer, text(expired));
      case CertificateNotYetValidException early -> notYetValid(peer, text(early));
      case CertPathBuilderException _ -> unknownAuthority(peer);
      case CertPathValidatorException path -> invalidPath(peer, path);
      case CertificateException other -> ofCertificate(peer, text(other));
      case SslHandshakeTimeoutException _ -> timedOut(peer);
      case NotSslRecordException _ -> notTls(peer);
      case ClosedChannelException _ -> closed(peer);
      case SSLException other -> ofText(peer, text(other));
      default -> null;
    };
  }

  private static TlsRefusal untrusted(String message) {
    return new TlsRefusal(PortFault.UNTRUSTED, message);
  }

  private static TlsRefusal expired(String peer, String when) {
    return untrusted(
        "the certificate of %s has expired (%s); renew it, and check this machine's clock"
            .formatted(peer, when));
  }

  private static TlsRefusal notYetValid(String peer, String when) {
    return untrusted(
        "the certificate of %s is not valid yet (%s); check the clocks of both machines"
            .formatted(peer, when));
  }

  private static TlsRefusal unknownAuthority(String peer) {
    return untrusted(
        "the certificate of %s is from an authority that is not trusted here; add that authority to the trusted ones if it should be"
            .formatted(peer));
  }

  private static TlsRefusal invalidPath(String peer, CertPathValidatorException path) {
    if (path.getReason() == BasicReason.EXPIRED) {
      return expired(peer, text(path));
    }
    if (path.getReason() == BasicReason.NOT_YET_VALID) {
      return notYetValid(peer, text(path));
    }
    if (path.getReason() == BasicReason.INVALID_SIGNATURE) {
      return unknownAuthority(peer);
    }
    return untrusted(
        "the certificate of %s cannot be used (%s); renew it".formatted(peer, text(path)));
  }

  private static @Nullable TlsRefusal ofCertificate(String peer, String text) {
    if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
      return untrusted(
          "the certificate of %s is issued to another name (%s); connect by the name in it, or configure that as the expected name"
              .formatted(peer, text));
    }
    return text.startsWith("PKIX")
        ? null
        : untrusted("the certificate of %s cannot be used (%s); renew it".formatted(peer, text));
  }

  private static TlsRefusal timedOut(String peer) {
    return new TlsRefusal(
        PortFault.UNREACHABLE,
        "%s connected but did not finish the TLS handshake in time; check that it speaks TLS on that port"
            .formatted(peer));
  }

  private static TlsRefusal notTls(String peer) {
    return untrusted(
        "%s does not speak TLS on that port; use the port of Modbus/TCP Security there, or an unsecured endpoint here"
            .formatted(peer));
  }

  private static TlsRefusal closed(String peer) {
    return untrusted(
        "%s closed the connection in the TLS handshake; it may not speak TLS on that port, or not accept our certificate"
            .formatted(peer));
  }

  private static @Nullable TlsRefusal ofText(String peer, String text) {
    int alert = text.indexOf(ALERT);
    if (alert >= 0) {
      return ofAlert(peer, text.substring(alert + ALERT.length()).strip());
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("empty client certificate chain")) {
      return untrusted("%s sent no client certificate; configure one there".formatted(peer));
    }
    if (lower.contains("no cipher suites in common")) {
      return untrusted(
          "%s and this program share no cipher suite; enable ECDHE with AES-GCM there"
              .formatted(peer));
    }
    if (lower.contains("protocol version")
        || lower.contains("client requested protocol")
        || lower.contains("server chose")
        || lower.contains("no appropriate protocol")) {
      return versionMismatch(peer);
    }
    if (lower.contains("connection closed while") || lower.contains("before receiving peer's")) {
      return closed(peer);
    }
    return null;
  }

  private static TlsRefusal versionMismatch(String peer) {
    return untrusted(
        "%s and this program share no protocol version; TLS 1.2 or 1.3 is needed".formatted(peer));
  }

  /// The peer said why it refuses us, in the words of RFC 8446, 6.2.
  private static TlsRefusal ofAlert(String peer, String alert) {
    return switch (alert) {
      case "certificate_expired" ->
          untrusted(
              "%s refused our certificate: it has expired for it; check its clock".formatted(peer));
      case "unknown_ca", "certificate_unknown", "bad_certificate", "unsupported_certificate" ->
          untrusted(
              "%s refused our certificate (%s); it must trust our authority, and our certificate must carry the name it expects"
                  .formatted(peer, alert));
      case "certificate_required" ->
          untrusted(
              "%s asks for a client certificate of an authority that it trusts, and ours is from another; add our authority there"
                  .formatted(peer));
      case "certificate_revoked" ->
          untrusted("%s refused our certificate: revoked".formatted(peer));
      case "protocol_version" -> versionMismatch(peer);
      case "unrecognized_name" ->
          untrusted(
              "%s does not serve the name that it was asked for; check the name".formatted(peer));
      case "handshake_failure", "insufficient_security" ->
          untrusted(
              "%s refused the handshake (%s); it may miss a client certificate or share no cipher suite"
                  .formatted(peer, alert));
      default -> untrusted("%s refused the handshake (%s)".formatted(peer, alert));
    };
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
