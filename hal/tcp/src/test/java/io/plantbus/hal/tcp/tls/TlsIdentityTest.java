package io.plantbus.hal.tcp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIdentityTest {
  private final Path folder;
  private final Authority authority = new Authority("plant");
  private final Authority.Issued issued = authority.issue("EC");

  TlsIdentityTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
  }

  @BeforeEach
  void writeFiles() throws Exception {
    write("chain.pem", issued.certificatePem());
    write("key.pem", issued.keyPem());
    write("anchors.pem", authority.certificatePem());
  }

  private void write(String file, String text) throws Exception {
    Files.writeString(folder.resolve(file), text);
  }

  private TlsIdentity load() throws PortException {
    return TlsIdentity.load(
        folder.resolve("chain.pem"), folder.resolve("key.pem"), folder.resolve("anchors.pem"));
  }

  private void assertRefused(PortFault fault, String... told) {
    PortException refusal = assertThrows(PortException.class, this::load);
    assertEquals(fault, refusal.fault());
    for (String part : told) {
      assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }
    String secret = issued.keyPem().lines().skip(1).findFirst().orElseThrow();
    assertFalse(refusal.getMessage().contains(secret));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void filesThatBelongTogetherMakeAnIdentity(String algorithm) throws Exception {
    Authority.Issued own = authority.issue(algorithm);
    write("chain.pem", own.certificatePem() + authority.certificatePem());
    write("key.pem", own.keyPem());
    assertEquals(own.certificate(), load().certificate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"chain.pem", "key.pem", "anchors.pem"})
  void aMissingFileIsToldByItsPath(String file) throws Exception {
    Files.delete(folder.resolve(file));
    assertRefused(PortFault.MISSING, folder.resolve(file).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"chain.pem", "key.pem", "anchors.pem"})
  void aFileOfSomethingElseIsToldByItsPath(String file) throws Exception {
    write(file, "nothing of use");
    assertRefused(PortFault.UNSUPPORTED_SETTINGS, folder.resolve(file).toString());
  }

  @Test
  void anUnreadableKeyIsToldSo() {
    Path key = folder.resolve("key.pem");
    PortException told =
        new PemFile("the private key", key).unread(new AccessDeniedException(key.toString()));
    assertEquals(PortFault.PERMISSION_DENIED, told.fault());
    assertTrue(told.getMessage().contains(key.toString()));
    assertTrue(told.getMessage().contains("permissions"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void theKeyOfAnotherCertificateIsRefused(String algorithm) throws Exception {
    write("key.pem", authority.issue(algorithm).keyPem());
    assertRefused(PortFault.UNSUPPORTED_SETTINGS, "key.pem", "certificate");
  }

  @Test
  void anOldKeyFormatIsToldHowToConvert() throws Exception {
    write("key.pem", issued.keyPem().replace("PRIVATE KEY", "EC PRIVATE KEY"));
    assertRefused(PortFault.UNSUPPORTED_SETTINGS, "openssl pkcs8");
  }

  @Test
  void anEncryptedKeyIsToldSo() throws Exception {
    write("key.pem", issued.keyPem().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
    assertRefused(PortFault.UNSUPPORTED_SETTINGS, "encrypted");
  }

  @Test
  void anExpiredCertificateIsToldSo() throws Exception {
    Authority.Issued old =
        authority.issue(
            "EC", Duration.ofDays(-1), new GeneralName(GeneralName.dNSName, "old.example"));
    write("chain.pem", old.certificatePem());
    write("key.pem", old.keyPem());
    assertRefused(PortFault.UNSUPPORTED_SETTINGS, "expired", "chain.pem");
  }
}
