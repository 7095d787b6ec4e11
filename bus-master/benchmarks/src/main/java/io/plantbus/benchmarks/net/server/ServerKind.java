package io.plantbus.benchmarks.net.server;

/// The servers in Java.
public enum ServerKind {
  /// A Netty loop that answers with zeros.
  NETTY("bare Netty loop", true),
  /// The slave server over the port of this project.
  PLANTBUS("Plantbus", false),
  /// digitalpetri/modbus with its process image.
  DIGITALPETRI("digitalpetri", false),
  /// j2mod with as many threads as it has by itself in its examples, 64.
  J2MOD("j2mod", false);

  private final String title;
  private final boolean floor;

  ServerKind(String title, boolean floor) {
    this.title = title;
    this.floor = floor;
  }

  /// Its name in the tables.
  public String title() {
    return title;
  }

  /// Whether it is no Modbus server but what limits one.
  public boolean isFloor() {
    return floor;
  }

  /// Starts it on a free port.
  ///
  /// @return the port
  int start() throws Exception {
    return switch (this) {
      case NETTY -> NettyResponder.start();
      case PLANTBUS -> PlantbusServer.start();
      case DIGITALPETRI -> DigitalpetriServer.start();
      case J2MOD -> J2modServer.start();
    };
  }
}
