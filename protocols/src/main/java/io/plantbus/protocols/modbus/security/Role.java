package io.plantbus.protocols.modbus.security;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// The role of a client, as its certificate tells (Modbus/TCP Security: extension
/// 1.3.6.1.4.1.50316.802.1, an ASN.1 UTF8String).
///
/// @param name 1..256 characters; upper and lower case differ
public record Role(String name) {
  private static final int LONGEST_NAME = 256;

  /// 1.3.6.1.4.1.50316.802.1 in DER, without tag and length.
  private static final byte[] OID = {
    0x2B, 0x06, 0x01, 0x04, 0x01, (byte) 0x83, (byte) 0x89, 0x0C, (byte) 0x86, 0x22, 0x01
  };

  public Role {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "the name of a role must have 1.." + LONGEST_NAME + " characters");
    }
  }

  /// The role in a certificate.
  ///
  /// @return null if there is none, more than one, one of another type than UTF8String, or one that
  ///   is not well-formed: such a client has no role
  public static @Nullable Role of(X509Certificate certificate) {
    try {
      return ofCertificate(certificate.getEncoded());
    } catch (CertificateEncodingException _) {
      return null;
    }
  }

  /// The role in a certificate in DER (RFC 5280, 4.1); null as [#of(X509Certificate)] says, and for
  /// anything that is no certificate.
  public static @Nullable Role ofCertificate(byte[] certificate) {
    try {
      DerReader whole = new DerReader(certificate);
      DerReader fields = whole.enter(DerReader.SEQUENCE).enter(DerReader.SEQUENCE);
      while (fields.hasMore() && fields.tag() != DerReader.EXTENSIONS) {
        fields.skip();
      }
      if (!fields.hasMore()) {
        return null;
      }
      DerReader wrapper = fields.enter(DerReader.EXTENSIONS);
      DerReader extensions = wrapper.enter(DerReader.SEQUENCE);
      wrapper.requireEnd();
      return only(extensions);
    } catch (DerReader.Malformed _) {
      return null;
    }
  }

  /// Looks through all extensions, so that a second role is seen.
  private static @Nullable Role only(DerReader extensions) throws DerReader.Malformed {
    Role found = null;
    boolean seen = false;
    while (extensions.hasMore()) {
      DerReader extension = extensions.enter(DerReader.SEQUENCE);
      if (extension.isNext(DerReader.OBJECT_IDENTIFIER, OID)) {
        if (seen) {
          return null;
        }
        seen = true;
        extension.skip();
        found = ofExtension(extension);
      }
    }
    return found;
  }

  private static @Nullable Role ofExtension(DerReader extension) throws DerReader.Malformed {
    if (extension.hasMore() && extension.tag() == DerReader.BOOLEAN) {
      extension.skip(); // whether it is critical
    }
    DerReader value = extension.enter(DerReader.OCTET_STRING);
    extension.requireEnd();
    ByteBuffer text = value.take(DerReader.UTF8_STRING);
    value.requireEnd();
    try {
      String name = StandardCharsets.UTF_8.newDecoder().decode(text).toString();
      return name.isEmpty() || name.length() > LONGEST_NAME ? null : new Role(name);
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
