package io.plantbus.app.scada;

import io.plantbus.hal.ListenSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is served to SCADA systems, and where.
///
/// @param host local name or address to listen on
/// @param port TCP port, 0 for any free one
/// @param listening which clients are served, and how many of them
/// @param writeTimeToLiveNanos how long a client's write may wait before it is sent to the device
/// @param security how it is secured; null if anybody who reaches it may do everything
/// @param points no two of a table overlap
public record ScadaSpec(
    String host,
    int port,
    ListenSettings listening,
    long writeTimeToLiveNanos,
    @Nullable ScadaSecurity security,
    List<ScadaPoint> points) {
  public ScadaSpec {
    points = List.copyOf(points);
  }

  /// Whether the same clients find it at the same place, whatever it serves them.
  public boolean isServedLike(ScadaSpec other) {
    return host.equals(other.host)
        && port == other.port
        && listening.equals(other.listening)
        && Objects.equals(security, other.security);
  }

  /// The same on another port.
  public ScadaSpec withPort(int other) {
    return new ScadaSpec(host, other, listening, writeTimeToLiveNanos, security, points);
  }

  /// Where a client finds it, such as `tls://127.0.0.1:802`.
  ///
  /// @param actual the port listened on
  String name(int actual) {
    return "%s://%s:%d".formatted(security == null ? "tcp" : "tls", host, actual);
  }
}
