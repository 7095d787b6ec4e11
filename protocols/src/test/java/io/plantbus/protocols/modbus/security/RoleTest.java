package io.plantbus.protocols.modbus.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {
  /// Made by OpenSSL, with the extension `1.3.6.1.4.1.50316.802.1=ASN1:UTF8String:operator`.
  private static final String OPENSSL =
      """
      -----BEGIN CERTIFICATE-----
      MIIBjDCCATKgAwIBAgIUb4LYY21vnLDZ8J8Jdfo+yfuLJ/kwCgYIKoZIzj0EAwIw
      DjEMMAoGA1UEAwwDaG1pMB4XDTI2MTEyMTA2MzIxNloXDTM2MTExODA2MzIxNlow
      DjEMMAoGA1UEAwwDaG1pMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEo6ILxa22
      CxTA+1opkcYxhjDU2U/hjMtibj/vAUzEKv+Dj9c6YkNVPr1YsOTzcesBpC7F6z+/
      DARg0xLcnRwKR6NuMGwwHQYDVR0OBBYEFMBO22NHAq2sljS5dBXB7fIBaoT7MB8G
      A1UdIwQYMBaAFMBO22NHAq2sljS5dBXB7fIBaoT7MA8GA1UdEwEB/wQFMAMBAf8w
      GQYLKwYBBAGDiQyGIgEECgwIb3BlcmF0b3IwCgYIKoZIzj0EAwIDSAAwRQIhAJcL
      30Sff0xokUQYFEoeu1yzQVZVj3QnYdiAYCfsSK98AiADqjiXzg3+aDilg0x67VGX
      NulDZsu3gzVY6EzRRUKtrA==
      -----END CERTIFICATE-----
      """;

  private static final byte[] ROLE_OID = {
    0x2B, 6, 1, 4, 1, (byte) 0x83, (byte) 0x89, 0x0C, (byte) 0x86, 0x22, 1
  };
  private static final byte[] OTHER_OID = {
    0x2B, 6, 1, 4, 1, (byte) 0x83, (byte) 0x89, 0x0C, (byte) 0x86, 0x22, 2
  };

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] der(int tag, byte[]... parts) {
    byte[] content = join(parts);
    int length = content.length;
    byte[] head =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : length < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return join(head, content);
  }

  private static byte[] utf8(String text) {
    return der(0x0C, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] extension(byte[] oid, byte[] value) {
    return der(0x30, der(0x06, oid), der(0x04, value));
  }

  /// The outline of a certificate: serial number, then extensions.
  private static byte[] certificate(byte[]... extensions) {
    return der(
        0x30,
        der(0x30, der(0x02, new byte[] {5}), der(0xA3, der(0x30, extensions))),
        der(0x03, new byte[3]));
  }

  private static @Nullable String roleOf(byte[]... extensions) {
    Role role = Role.ofCertificate(certificate(extensions));
    return role == null ? null : role.name();
  }

  @Covers(Requirement.ROLE)
  @Test
  void theRoleOfARealCertificateIsRead() throws Exception {
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(OPENSSL.getBytes(StandardCharsets.US_ASCII)));
    assertEquals(new Role("operator"), Role.of(certificate));
  }

  @Covers(Requirement.ROLE)
  @Test
  void theRoleIsFoundAmongOtherExtensions() {
    byte[] other = extension(OTHER_OID, utf8("no"));
    assertEquals("Técnico", roleOf(other, extension(ROLE_OID, utf8("Técnico")), other));
    byte[] critical =
        der(0x30, der(0x06, ROLE_OID), der(0x01, new byte[] {-1}), der(0x04, utf8("x")));
    assertEquals("x", roleOf(critical));
    assertEquals("r".repeat(256), roleOf(extension(ROLE_OID, utf8("r".repeat(256)))));
  }

  @Covers(Requirement.ROLE)
  @Test
  void aCertificateWithoutTheExtensionHasNoRole() {
    assertNull(roleOf(extension(OTHER_OID, utf8("operator"))));
    assertNull(Role.ofCertificate(der(0x30, der(0x30, der(0x02, new byte[] {5})))));
  }

  @Covers(Requirement.ROLE)
  @Test
  void aSecondRoleMeansNoRoleEvenIfItIsTheSame() {
    byte[] role = extension(ROLE_OID, utf8("operator"));
    assertNull(roleOf(role, role));
    assertNull(roleOf(role, extension(OTHER_OID, utf8("x")), extension(ROLE_OID, new byte[0])));
    assertNull(roleOf(extension(ROLE_OID, der(0x13, new byte[] {'a'})), role));
  }

  @Covers(Requirement.ROLE)
  @ParameterizedTest
  @ValueSource(ints = {0x13, 0x16, 0x1E, 0x04, 0x2C, 0x30})
  void anotherTypeThanUtf8StringIsNoRole(int tag) {
    assertNull(roleOf(extension(ROLE_OID, der(tag, new byte[] {'a', 'b'}))));
  }

  @Test
  void bytesBehindTheRoleMeanNoRole() {
    assertNull(roleOf(extension(ROLE_OID, join(utf8("operator"), new byte[] {0}))));
    assertNull(roleOf(der(0x30, der(0x06, ROLE_OID), der(0x04, utf8("operator")), der(0x05))));
  }

  @Test
  void anEmptyTooLongOrIllFormedNameIsNoRole() {
    assertNull(roleOf(extension(ROLE_OID, utf8(""))));
    assertNull(roleOf(extension(ROLE_OID, utf8("r".repeat(257)))));
    assertNull(roleOf(extension(ROLE_OID, der(0x0C, new byte[] {'a', (byte) 0xC3}))));
  }

  @Test
  void lengthsThatAreNotDerAreNoRole() {
    byte[] longForm = {0x0C, (byte) 0x81, 1, 'a'};
    byte[] indefinite = {0x0C, (byte) 0x80, 'a', 0, 0};
    byte[] beyond = {0x0C, 2, 'a'};
    byte[] huge = {0x0C, (byte) 0x84, 0x7F, -1, -1, -1, 'a'};
    for (byte[] value : new byte[][] {longForm, indefinite, beyond, huge, {0x0C}, {}}) {
      assertNull(roleOf(extension(ROLE_OID, value)));
    }
  }

  @Covers({Requirement.ROLE, Requirement.ANY_BYTES})
  @Test
  void anyBytesGiveARoleOrNone() {
    byte[] good = certificate(extension(ROLE_OID, utf8("operator")));
    assertNotNull(Role.ofCertificate(good));
    for (int length = 0; length < good.length - 5; length++) {
      assertNull(Role.ofCertificate(Arrays.copyOf(good, length)), "cut to " + length);
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = good.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Role role = Role.ofCertificate(bytes);
      assertEquals(role, Role.ofCertificate(bytes));
    }
  }
}
