package io.plantbus.hal.tcp;

import io.netty.channel.unix.Errors.NativeIoException;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.tcp.tls.TlsRefusal;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/// A reason to lose a link or not to get a listener, told once and thrown as often as needed.
record TcpFault(PortFault fault, String message, @Nullable Throwable cause) {
  private static final int PRIVILEGED_PORTS = 1024;

  TcpFault(PortFault fault, String message) {
    this(fault, message, null);
  }

  PortException exception() {
    return cause == null
        ? new PortException(fault, message)
        : new PortException(fault, message, cause);
  }

  static TcpFault timedOut(String name, long timeoutNanos) {
    return new TcpFault(
        PortFault.UNREACHABLE,
        "%s did not answer within %d ms; check that the device is switched on, its address, and the cabling or the firewall between"
            .formatted(name, timeoutNanos / 1_000_000));
  }

  static TcpFault unknownHost(String name, String host) {
    return new TcpFault(
        PortFault.UNKNOWN_HOST,
        "%s: no address is known for the host '%s'; check its spelling or write the IP address"
            .formatted(name, host));
  }

  /// Why a connection could not be made.
  static TcpFault connecting(String name, Throwable cause) {
    String text = text(cause);
    if (cause instanceof NoRouteToHostException || text.contains("unreachable")) {
      return new TcpFault(
          PortFault.UNREACHABLE,
          "%s cannot be reached: there is no route to it; check its address and this machine's network"
              .formatted(name),
          cause);
    }
    if (cause instanceof ConnectException && !text.contains("timed out")) {
      return new TcpFault(
          PortFault.REFUSED,
          "%s refused the connection: nothing listens on that port; check the port and that the device's server is enabled"
              .formatted(name),
          cause);
    }
    if (text.contains("timed out")) {
      return new TcpFault(
          PortFault.UNREACHABLE,
          "%s did not answer; check that the device is switched on and its address".formatted(name),
          cause);
    }
    if (denied(cause, text)) {
      return new TcpFault(
          PortFault.PERMISSION_DENIED,
          "%s: this machine does not allow the connection; check its firewall and sandbox rules"
              .formatted(name),
          cause);
    }
    return new TcpFault(
        PortFault.FAILED,
        "%s: the connection failed (%s); check the address and this machine's limits"
            .formatted(name, cause.getMessage()),
        cause);
  }

  static TcpFault closedByPeer(String name) {
    return new TcpFault(
        PortFault.LOST,
        "%s closed the connection; it may have restarted, or serve fewer connections than are open"
            .formatted(name));
  }

  /// Why datagrams to a peer do not get through.
  static TcpFault sending(String name, Throwable cause) {
    String text = text(cause);
    if (cause instanceof PortUnreachableException
        || cause instanceof ConnectException
        || text.contains("refused")) {
      return new TcpFault(
          PortFault.REFUSED,
          "%s says that nothing listens on that port; check the port and that the device's server is enabled"
              .formatted(name));
    }
    return connecting(name, cause);
  }

  /// The peer of a server sent nothing for too long.
  static TcpFault idle(String name, long idleNanos) {
    return new TcpFault(
        PortFault.LOST,
        "%s sent nothing for %d ms and was closed".formatted(name, idleNanos / 1_000_000));
  }

  /// The link of a server's peer was closed for another peer's sake, or with its listener.
  static TcpFault evicted(String name) {
    return new TcpFault(PortFault.LOST, name + " was closed to make room");
  }

  /// TLS failed before or after the link was open.
  static TcpFault unsecured(String name, Throwable cause) {
    TlsRefusal refusal = TlsRefusal.of(name, cause);
    return new TcpFault(refusal.fault(), refusal.message());
  }

  /// A TLS peer began another handshake.
  static TcpFault renegotiating(String name) {
    return new TcpFault(
        PortFault.UNTRUSTED,
        name + " wanted to renegotiate TLS, which is not done here; switch that off there");
  }

  /// Why an established connection broke.
  static TcpFault broken(String name, Throwable cause) {
    return new TcpFault(
        PortFault.LOST,
        "the connection to %s broke (%s); check the device and the network"
            .formatted(name, cause.getMessage()),
        cause);
  }

  static TcpFault portClosed(String name) {
    return new TcpFault(
        PortFault.CLOSED, name + " is closed, because the port that it belongs to is closed");
  }

  /// Why a listener could not bind.
  ///
  /// @param name the endpoint with its scheme
  static TcpFault binding(String name, InetSocketAddress address, Throwable cause) {
    String host = address.getHostString();
    int port = address.getPort();
    String text = text(cause);
    if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
      return unknownHost(name, host);
    }
    if (errno(cause) == 98 || text.contains("already in use")) {
      return new TcpFault(
          PortFault.BUSY,
          "%s is taken by another program; stop that program or choose another port"
              .formatted(name),
          cause);
    }
    if (denied(cause, text)) {
      return new TcpFault(
          PortFault.PERMISSION_DENIED,
          port < PRIVILEGED_PORTS
              ? "%s: ports below 1024 need a privilege; use a port such as 1502, or grant the capability CAP_NET_BIND_SERVICE to Java"
                  .formatted(name)
              : "%s: this machine does not allow listening there; check its sandbox rules"
                  .formatted(name),
          cause);
    }
    if (errno(cause) == 99 || cause instanceof BindException) {
      return new TcpFault(
          PortFault.FAILED,
          "%s: '%s' is not an address of this machine; use one of its own, 127.0.0.1 for local peers only, or 0.0.0.0 for all"
              .formatted(name, host),
          cause);
    }
    return new TcpFault(
        PortFault.FAILED,
        "%s: listening failed (%s); check this machine's limits"
            .formatted(name, cause.getMessage()),
        cause);
  }

  private static boolean denied(Throwable cause, String text) {
    return errno(cause) == 13
        || errno(cause) == 1
        || text.contains("permission denied")
        || text.contains("not permitted");
  }

  /// The system's error number where the native transport tells it, else 0: texts may be translated
  /// into the language of the machine.
  private static int errno(Throwable cause) {
    return cause instanceof NativeIoException nativeCause ? -nativeCause.expectedErr() : 0;
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? "" : message.toLowerCase(java.util.Locale.ROOT);
  }
}
