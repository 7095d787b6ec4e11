package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.PortFault;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class TcpFaultTest {
  @Test
  void aPrivilegedPortSaysWhatToDo() {
    TcpFault fault =
        TcpFault.binding(
            "tcp://0.0.0.0:502",
            new InetSocketAddress("0.0.0.0", 502),
            new BindException("Permission denied"));
    assertEquals(PortFault.PERMISSION_DENIED, fault.fault());
    assertTrue(fault.message().contains("0.0.0.0:502"), fault.message());
    assertTrue(fault.message().contains("1502"), fault.message());
    assertTrue(fault.message().contains("CAP_NET_BIND_SERVICE"), fault.message());
  }

  @Test
  void whatKeepsAConnectionFromBeingMadeIsToldApart() {
    assertEquals(PortFault.REFUSED, connecting(new ConnectException("Connection refused")));
    assertEquals(PortFault.UNREACHABLE, connecting(new ConnectException("Connection timed out")));
    assertEquals(PortFault.UNREACHABLE, connecting(new NoRouteToHostException("No route to host")));
    assertEquals(PortFault.UNREACHABLE, connecting(new SocketException("Network is unreachable")));
    assertEquals(
        PortFault.PERMISSION_DENIED, connecting(new SocketException("Operation not permitted")));
    assertEquals(PortFault.FAILED, connecting(new SocketException("Too many open files")));
  }

  private static PortFault connecting(Exception cause) {
    return TcpFault.connecting("tcp://10.0.0.1:502", cause).fault();
  }

  @Test
  void ipv6EndpointsAreWrittenInBrackets() {
    assertEquals("[::1]:502", TcpNames.endpoint("::1", 502));
    assertEquals("plc:502", TcpNames.endpoint("plc", 502));
  }
}
