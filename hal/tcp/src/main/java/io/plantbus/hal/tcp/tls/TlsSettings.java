package io.plantbus.hal.tcp.tls;

import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.plantbus.hal.PortException;
import io.plantbus.hal.TlsFiles;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// How links are secured: TLS 1.2 or 1.3, always with the certificates of both sides, and cipher
/// suites that keep past traffic secret and detect changes.
///
/// A client accepts a server only if its certificate carries the expected name as a subject
/// alternative name: a DNS name, or an IP address where the name is one. A server takes any client
/// whose certificate an authority that it trusts has issued; what that client may do is decided by
/// its role. A handshake on an open link (renegotiation) ends the link.
///
/// @param identity ours
/// @param expectedName what the server's certificate must be issued to, or null for the host that
///   is connected to; also sent as server name indication, unless it is an IP address
/// @param handshakeNanos the longest time from the connection to the end of the handshake, 1 ms to
///   10 min
public record TlsSettings(
    TlsIdentity identity, @Nullable String expectedName, long handshakeNanos) {
  /// The registered port of Modbus/TCP Security, `mbap-s`.
  public static final int DEFAULT_PORT = 802;

  private static final long DEFAULT_HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
  };

  public TlsSettings {
    if (handshakeNanos < TimeUnit.MILLISECONDS.toNanos(1)
        || handshakeNanos > TimeUnit.MINUTES.toNanos(10)) {
      throw new IllegalArgumentException("a handshake time-out must be 1 ms to 10 min");
    }
  }

  /// Servers must be issued to the host that is connected to; a handshake may take 5 s.
  public static TlsSettings of(TlsIdentity identity) {
    return new TlsSettings(identity, null, DEFAULT_HANDSHAKE_NANOS);
  }

  /// As files say, which are read now.
  ///
  /// @throws PortException if a file is missing or of no use; the message says which and what to do
  public static TlsSettings load(TlsFiles files) throws PortException {
    TlsSettings settings =
        of(TlsIdentity.load(files.certificateChain(), files.privateKey(), files.trustAnchors()));
    String name = files.expectedName();
    return name == null ? settings : settings.expecting(name);
  }

  /// The same with a name of the server that is not the host connected to.
  public TlsSettings expecting(String name) {
    return new TlsSettings(identity, name, handshakeNanos);
  }

  /// The same with another bound of the handshake.
  public TlsSettings handshakeWithin(long nanos) {
    return new TlsSettings(identity, expectedName, nanos);
  }

  /// What speaks TLS to a server on a channel.
  ///
  /// @param host the one connected to
  /// @param port TCP port 1..65535
  public SslHandler client(String host, int port) {
    String name = expectedName == null ? host : expectedName;
    SSLEngine engine = identity.context().createSSLEngine(name, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = parameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setServerNames(isAddress(name) ? List.of() : List.of(new SNIHostName(name)));
    engine.setSSLParameters(parameters);
    return handler(engine);
  }

  /// What speaks TLS to a client on a channel.
  public SslHandler server() {
    SSLEngine engine = identity.context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = parameters();
    parameters.setNeedClientAuth(true);
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    return handler(engine);
  }

  private static boolean isAddress(String name) {
    return NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name);
  }

  private static SSLParameters parameters() {
    return new SSLParameters(SUITES.clone(), PROTOCOLS.clone());
  }

  private SslHandler handler(SSLEngine engine) {
    SslHandler handler = new SslHandler(engine);
    handler.setHandshakeTimeout(handshakeNanos, TimeUnit.NANOSECONDS);
    return handler;
  }
}
