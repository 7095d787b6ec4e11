package io.plantbus.app.config;

import io.plantbus.app.device.Endpoint;
import io.plantbus.app.device.HostAndPort;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.TlsFiles;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Lines over a network as written.
final class NetworkLines {
  private static final Type<Path> FILE = Types.parsed("a file", "the path of a PEM file", Path::of);

  private NetworkLines() {}

  /// Modbus TCP.
  static ObjectType<LineDocument> tcp() {
    return ObjectType.of(
        "TCP line",
        "One Modbus TCP connection.",
        keys -> {
          Key<HostAndPort> peer = peer(keys, "tcp", Endpoint.DEFAULT_TCP_PORT);
          Key<Integer> window = window(keys);
          Stream stream = Stream.of(keys);
          return fields -> stream.line(fields, peer, StreamFraming.MBAP, fields.get(window), null);
        });
  }

  /// RTU frames in a connection.
  static ObjectType<LineDocument> rtuOverTcp() {
    return ObjectType.of(
        "line of RTU over TCP",
        "RTU frames with their checksum in a TCP connection, as serial device servers pass them on.",
        keys -> framed(keys, "rtu-over-tcp", StreamFraming.RTU));
  }

  /// ASCII frames in a connection.
  static ObjectType<LineDocument> asciiOverTcp() {
    return ObjectType.of(
        "line of ASCII over TCP",
        "ASCII frames in a TCP connection.",
        keys -> framed(keys, "ascii-over-tcp", StreamFraming.ASCII));
  }

  private static ObjectType.Maker<LineDocument> framed(
      Keys keys, String kind, StreamFraming framing) {
    Key<HostAndPort> peer = peer(keys, kind, Endpoint.DEFAULT_TCP_PORT);
    Stream stream = Stream.of(keys);
    return fields -> stream.line(fields, peer, framing, 1, null);
  }

  /// Modbus TCP in datagrams.
  static ObjectType<LineDocument> udp() {
    return ObjectType.of(
        "UDP line",
        "One peer over UDP, a frame of Modbus TCP in each datagram.",
        keys -> {
          Key<HostAndPort> peer = peer(keys, "udp", Endpoint.DEFAULT_TCP_PORT);
          Key<Integer> window = window(keys);
          LineDocument.Modbus common = LineDocument.Modbus.of(keys);
          return fields -> {
            HostAndPort at = fields.get(peer);
            return common.line(fields, new Transport.Udp(at.host(), at.port(), fields.get(window)));
          };
        });
  }

  /// Modbus/TCP Security.
  static ObjectType<LineDocument> tls() {
    return ObjectType.of(
        "TLS line",
        "One connection of Modbus/TCP Security: Modbus TCP in TLS, where both show certificates.",
        keys -> {
          Key<HostAndPort> peer = peer(keys, "tls", Endpoint.DEFAULT_TLS_PORT);
          Key<Path> certificate =
              keys.required(
                  "certificate",
                  FILE,
                  "PEM file with our certificate and the intermediate ones after it, relative to"
                      + " this file.");
          Key<Path> key =
              keys.required(
                  "key",
                  FILE,
                  "PEM file with the private key of our certificate, unencrypted PKCS #8.");
          Key<Path> trust =
              keys.required(
                  "trust",
                  FILE,
                  "PEM file with the certificates of the authorities that the peer's may come"
                      + " from.");
          OptionalKey<String> name =
              keys.optional(
                  "server-name",
                  Types.text(),
                  "What the peer's certificate must be issued to; the host unless written.");
          Key<Integer> window = window(keys);
          Stream stream = Stream.of(keys);
          return fields ->
              stream.line(
                  fields,
                  peer,
                  StreamFraming.MBAP,
                  fields.get(window),
                  new TlsFiles(
                      fields.get(certificate),
                      fields.get(key),
                      fields.get(trust),
                      fields.get(name)));
        });
  }

  private static Key<HostAndPort> peer(Keys keys, String kind, int defaultPort) {
    return keys.required(
        kind,
        Types.parsed(
            "a host and port", "HOST or HOST:PORT", text -> HostAndPort.parse(text, defaultPort)),
        "Name or address of the device or gateway; port " + defaultPort + " unless written.");
  }

  private static Key<Integer> window(Keys keys) {
    return keys.optional(
        "window", Types.integer(1, 16), "1", "Requests under way at once; many devices take 1.");
  }

  /// What every connection has.
  private record Stream(Key<Duration> connect, LineDocument.Modbus common) {
    static Stream of(Keys keys) {
      return new Stream(
          keys.optional(
              "connect-timeout",
              Types.duration(Duration.ofMillis(10), LineDocument.LONGEST),
              "3s",
              "Longest wait for the connection."),
          LineDocument.Modbus.of(keys));
    }

    LineDocument line(
        Fields fields,
        Key<HostAndPort> peer,
        StreamFraming framing,
        int window,
        @Nullable TlsFiles tls) {
      HostAndPort at = fields.get(peer);
      return common.line(
          fields,
          new Transport.Tcp(
              at.host(), at.port(), framing, window, fields.get(connect).toNanos(), tls));
    }
  }
}
