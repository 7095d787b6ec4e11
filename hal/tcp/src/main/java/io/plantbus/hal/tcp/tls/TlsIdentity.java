package io.plantbus.hal.tcp.tls;

import io.plantbus.hal.PortException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Who we are to peers, and whose certificates we accept from them. Immutable; read once.
///
/// Revocation is not looked up: a plant network has nobody to ask. Take an authority out of the
/// anchors, or a role out of the authorisation table, to shut somebody out.
public final class TlsIdentity {
  private static final int SESSION_SECONDS = 3600;

  private final X509Certificate certificate;
  private final SSLContext context;

  private TlsIdentity(X509Certificate certificate, SSLContext context) {
    this.certificate = certificate;
    this.context = context;
  }

  /// Reads the files of an identity.
  ///
  /// @param chainFile our certificate, RSA or EC, and the intermediate ones after it, PEM
  /// @param keyFile the private key of our certificate, unencrypted PKCS #8 in PEM
  /// @param anchorsFile certificates of the authorities that peers' certificates come from, PEM
  /// @throws PortException if a file is missing, cannot be read or is of no use, or our certificate
  ///   is not valid today; the message says which and what to do
  public static TlsIdentity load(Path chainFile, Path keyFile, Path anchorsFile)
      throws PortException {
    PemFile chainPem = new PemFile("the certificate file", chainFile);
    PemFile keyPem = new PemFile("the private key file", keyFile);
    PemFile anchorsPem = new PemFile("the file of trusted authorities", anchorsFile);
    List<X509Certificate> chain = chainPem.certificates();
    X509Certificate own = chain.getFirst();
    requireValid(chainPem, own);
    String algorithm = own.getPublicKey().getAlgorithm();
    if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
      throw chainPem.unusable("has a key of type %s; use RSA or EC".formatted(algorithm));
    }
    PrivateKey key = keyPem.privateKey(algorithm);
    if (!belongTogether(key, own)) {
      throw keyPem.unusable(
          "does not belong to the certificate in %s; the first certificate there must be ours"
              .formatted(chainFile));
    }
    try {
      return new TlsIdentity(own, context(chain, key, anchorsPem.certificates()));
    } catch (GeneralSecurityException | IOException _) {
      throw chainPem.unusable("holds no chain that TLS can use; each must be issued by the next");
    }
  }

  private static void requireValid(PemFile file, X509Certificate own) throws PortException {
    try {
      own.checkValidity();
    } catch (CertificateExpiredException _) {
      throw file.unusable(
          "holds a certificate that expired on %s; renew it"
              .formatted(own.getNotAfter().toInstant()));
    } catch (CertificateNotYetValidException _) {
      throw file.unusable(
          "holds a certificate that is not valid before %s; check this machine's clock"
              .formatted(own.getNotBefore().toInstant()));
    }
  }

  private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
    String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    byte[] probe = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static SSLContext context(
      List<X509Certificate> chain, PrivateKey key, List<X509Certificate> anchors)
      throws GeneralSecurityException, IOException {
    char[] none = new char[0];
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, none);
    own.setKeyEntry("own", key, none, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, none);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, none);
    for (X509Certificate anchor : anchors) {
      trusted.setCertificateEntry("anchor" + trusted.size(), anchor);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    PeerTrust checks = new PeerTrust((X509ExtendedTrustManager) trust.getTrustManagers()[0]);
    context.init(keys.getKeyManagers(), new TrustManager[] {checks}, null);
    context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
    context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
    return context;
  }

  /// The certificate that peers see.
  public X509Certificate certificate() {
    return certificate;
  }

  SSLContext context() {
    return context;
  }
}
