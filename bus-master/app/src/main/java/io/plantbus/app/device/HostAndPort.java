package io.plantbus.app.device;

/// Where something listens.
///
/// @param host name or address, without brackets
/// @param port 1..65535
public record HostAndPort(String host, int port) {
  public HostAndPort {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the host is missing: write HOST or HOST:PORT");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "a port must be 1..65535, was " + port + ": write HOST:PORT");
    }
  }

  /// Reads `host`, `host:port` or `[address]:port`, with or without leading slashes.
  ///
  /// @param defaultPort where none is written
  /// @throws IllegalArgumentException with what to write instead
  public static HostAndPort parse(String text, int defaultPort) {
    String rest = text.replaceFirst("^/+", "").replaceFirst("/$", "");
    int bracket = rest.indexOf(']');
    if (rest.startsWith("[") && bracket > 0) {
      return new HostAndPort(
          rest.substring(1, bracket), port(rest.substring(bracket + 1), text, defaultPort));
    }
    int colon = rest.indexOf(':');
    boolean bareAddress = colon != rest.lastIndexOf(':');
    return colon < 0 || bareAddress
        ? new HostAndPort(rest, defaultPort)
        : new HostAndPort(rest.substring(0, colon), port(rest.substring(colon), text, defaultPort));
  }

  private static int port(String suffix, String text, int defaultPort) {
    if (suffix.isEmpty()) {
      return defaultPort;
    }
    if (!suffix.matches(":[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "'" + text + "' has no usable port: write HOST:PORT with a port of 1..65535");
    }
    return Integer.parseInt(suffix.substring(1));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
