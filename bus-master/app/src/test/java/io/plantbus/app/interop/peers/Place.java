package io.plantbus.app.interop.peers;

import java.nio.file.Path;
import java.util.List;

/// Where a server is, or is to be, on this machine.
///
/// @param port on the loopback address; 0 for one that the server chooses, and on a serial line
/// @param device the end of a serial line that is to be opened, 8E1; empty on a network
/// @param certificates see [Certificates]
public record Place(Transport transport, int port, String device, Path certificates) {
  public static final String HOST = "127.0.0.1";

  public Place withPort(int chosen) {
    return new Place(transport, chosen, device, certificates);
  }

  /// How the place is told to a program that serves it.
  public List<String> serving() {
    return switch (transport) {
      case TCP, UDP, RTU_OVER_TCP -> List.of(transport.word());
      case TLS -> List.of(transport.word(), certificates.toString());
      case RTU_9600, RTU_19200, RTU_115200, ASCII_19200 -> line();
    };
  }

  /// How the place is told to a program that connects to it.
  public List<String> connecting() {
    return switch (transport) {
      case TCP, UDP, RTU_OVER_TCP -> List.of(transport.word(), "" + port);
      case TLS -> List.of(transport.word(), "" + port, certificates.toString());
      case RTU_9600, RTU_19200, RTU_115200, ASCII_19200 -> line();
    };
  }

  private List<String> line() {
    return List.of(transport.word(), device, "" + transport.baud());
  }
}
