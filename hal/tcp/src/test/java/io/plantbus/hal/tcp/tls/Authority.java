package io.plantbus.hal.tcp.tls;

import io.plantbus.hal.PortException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// Issues certificates as a plant's own authority would.
public final class Authority {
  /// Modbus/TCP Security's role.
  public static final String ROLE_OID = "1.3.6.1.4.1.50316.802.1";

  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final KeyPair keys;
  private final X500Name name;
  private final X509Certificate certificate;

  /// A certificate and its key.
  public record Issued(X509Certificate certificate, PrivateKey key) {
    /// The certificate as a PEM file holds it.
    public String certificatePem() throws GeneralSecurityException {
      return pem("CERTIFICATE", certificate.getEncoded());
    }

    /// The key as a PEM file holds it.
    public String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }
  }

  /// A new authority, for a day.
  public Authority(String name) throws Exception {
    this.name = new X500Name("CN=" + name);
    this.keys = newKeys("EC");
    this.certificate = sign(this.name, keys, Duration.ofDays(1), null, null, true);
  }

  private static KeyPair newKeys(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(algorithm.equals("EC") ? 256 : 2048);
    return generator.generateKeyPair();
  }

  /// Valid for a day, for 127.0.0.1, with the role `operator`.
  public Issued issue(String algorithm) throws Exception {
    return issue(
        algorithm, Duration.ofDays(1), new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
  }

  /// With the role `operator`.
  ///
  /// @param validity from two days ago to so long from now; may be negative
  /// @param subject what the certificate is issued to
  public Issued issue(String algorithm, Duration validity, GeneralName subject) throws Exception {
    KeyPair pair = newKeys(algorithm);
    X500Name subjectName = new X500Name("CN=device" + SERIAL.incrementAndGet());
    return new Issued(
        sign(subjectName, pair, validity, subject, "operator", false), pair.getPrivate());
  }

  private X509Certificate sign(
      X500Name subjectName,
      KeyPair pair,
      Duration validity,
      @Nullable GeneralName subject,
      @Nullable String role,
      boolean authority)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(SERIAL.incrementAndGet()),
            Date.from(now.minus(Duration.ofDays(2))),
            Date.from(now.plus(validity)),
            subjectName,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (subject != null) {
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(subject));
    }
    if (role != null) {
      builder.addExtension(new ASN1ObjectIdentifier(ROLE_OID), false, new DERUTF8String(role));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  /// The authority's own certificate.
  public X509Certificate certificate() {
    return certificate;
  }

  /// The authority's own certificate as a PEM file holds it.
  public String certificatePem() throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  /// An identity read from files, which trusts this authority.
  public TlsIdentity identity(Path folder, Issued issued)
      throws IOException, GeneralSecurityException, PortException {
    Path own = Files.createTempDirectory(folder, "identity");
    return TlsIdentity.load(
        Files.writeString(own.resolve("chain.pem"), issued.certificatePem()),
        Files.writeString(own.resolve("key.pem"), issued.keyPem()),
        Files.writeString(own.resolve("anchors.pem"), certificatePem()));
  }

  /// What the JDK's sockets need to trust this authority.
  ///
  /// @param issued who they are, or null for nobody
  public SSLContext jdk(@Nullable Issued issued) throws Exception {
    char[] none = new char[0];
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, none);
    if (issued != null) {
      own.setKeyEntry("own", issued.key(), none, new X509Certificate[] {issued.certificate()});
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(own, none);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, none);
    trusted.setCertificateEntry("anchor", certificate);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
  }
}
