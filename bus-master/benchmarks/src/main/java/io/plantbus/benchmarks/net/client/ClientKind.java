package io.plantbus.benchmarks.net.client;

import io.plantbus.benchmarks.net.Load;

/// The clients in Java. The last floor that can carry a load is what the others are compared with.
public enum ClientKind {
  /// A Netty loop that exchanges the bytes of a transaction, nothing encoded and nothing checked.
  NETTY("bare Netty loop", true),
  /// A plain blocking socket that exchanges the same bytes.
  SOCKET("bare Java socket", true),
  /// The client session on its channel's event loop.
  PLANTBUS_LINE("Plantbus line", false),
  /// The façade for a caller that waits.
  PLANTBUS_CALLS("Plantbus, blocking calls", false),
  /// digitalpetri/modbus as it comes.
  DIGITALPETRI("digitalpetri", false),
  /// The same with its executor replaced by the event loop.
  DIGITALPETRI_TUNED("digitalpetri, tuned", false),
  /// j2mod, a thread for each connection.
  J2MOD("j2mod", false),
  /// Apache PLC4X.
  PLC4X("PLC4X", false);

  private final String title;
  private final boolean floor;

  ClientKind(String title, boolean floor) {
    this.title = title;
    this.floor = floor;
  }

  /// Its name in the tables.
  public String title() {
    return title;
  }

  /// Whether it is no Modbus client but what limits one.
  public boolean isFloor() {
    return floor;
  }

  /// Whether it can carry such a load.
  public boolean can(Load load) {
    return switch (this) {
      case SOCKET -> load.connections() == 1 && load.window() == 1;
      case PLANTBUS_CALLS, J2MOD -> load.window() == 1;
      case NETTY, PLANTBUS_LINE, DIGITALPETRI, DIGITALPETRI_TUNED, PLC4X -> true;
    };
  }

  Client make() {
    return switch (this) {
      case SOCKET -> new SocketClient();
      case NETTY -> new NettyClient();
      case PLANTBUS_LINE -> new LineClient();
      case PLANTBUS_CALLS -> new CallsClient();
      case DIGITALPETRI -> new DigitalpetriClient(false);
      case DIGITALPETRI_TUNED -> new DigitalpetriClient(true);
      case J2MOD -> new J2modClient();
      case PLC4X -> new Plc4xClient();
    };
  }
}
