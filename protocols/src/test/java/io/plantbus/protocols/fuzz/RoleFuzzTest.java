package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.security.Role;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class RoleFuzzTest {
  private static final byte[] OID = {
    6, 11, 0x2B, 6, 1, 4, 1, (byte) 0x83, (byte) 0x89, 0x0C, (byte) 0x86, 0x22, 1
  };

  /// Any bytes in the place of a certificate give a role or none.
  @Covers({Requirement.ROLE, Requirement.ANY_BYTES})
  @FuzzTest
  void aRoleIsReadOnlyWhereItStandsOnce(byte[] certificate) {
    Role role = Role.ofCertificate(certificate);
    assertEquals(role, Role.ofCertificate(certificate.clone()));
    if (role != null) {
      assertTrue(stands(certificate, OID), "a role without its extension");
      byte[] name = role.name().getBytes(StandardCharsets.UTF_8);
      assertTrue(stands(certificate, name), "a role that is not in the certificate");
    }
  }

  private static boolean stands(byte[] in, byte[] wanted) {
    for (int at = 0; at + wanted.length <= in.length; at++) {
      if (Arrays.equals(in, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
