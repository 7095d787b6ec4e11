package io.plantbus.protocols.modbus.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpFilterTest {
  @Covers(Requirement.ACCESS_CONTROL)
  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.255.255, true",
    "10.1.0.0/16, 10.2.0.0, false",
    "10.1.2.4/30, 10.1.2.7, true",
    "10.1.2.4/30, 10.1.2.8, false",
    "192.168.7.9, 192.168.7.9, true",
    "192.168.7.9, 192.168.7.8, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe80::1, false",
    "10.1.0.0/16, ::ffff:10.1.2.3, true",
  })
  void anAddressIsAllowedIfABlockHoldsIt(String block, String address, boolean allowed) {
    assertEquals(allowed, IpFilter.parse(List.of(block)).test(InetAddress.ofLiteral(address)));
  }

  @Covers(Requirement.ACCESS_CONTROL)
  @Test
  void anyOfTheBlocksMayHoldItAndNoneAllowsNobody() {
    InetAddress address = InetAddress.ofLiteral("10.0.0.1");
    assertTrue(IpFilter.parse(List.of("fd00::/8", "10.0.0.0/8")).test(address));
    assertFalse(IpFilter.parse(List.of()).test(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plc", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.1/8", "fd00::/129"})
  void whatIsNoBlockIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> IpFilter.Block.parse(text));
  }
}
