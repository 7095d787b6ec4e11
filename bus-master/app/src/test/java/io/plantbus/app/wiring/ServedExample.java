package io.plantbus.app.wiring;

import io.plantbus.app.config.BenchFile;
import io.plantbus.app.device.Endpoint;
import io.plantbus.app.device.SingleDevice;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.TlsFiles;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.NoSuchElementException;

/// An example of a bench, served on free ports, and a client for each of its lines.
final class ServedExample implements AutoCloseable {
  private static final Path EXAMPLES = Path.of("..", "..", "docs", "examples");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Adapters adapters = new Adapters(NanoClock.system());
  private final Path folder;
  private final ServedBench served;

  /// @param folder where the example is copied to, beside the certificates that it names
  ServedExample(String name, Path folder) throws IOException, PortException {
    this.folder = folder;
    Path copy = folder.resolve(name);
    Files.writeString(
        copy,
        Files.readString(EXAMPLES.resolve(name))
            .replaceAll("port: 1\\d+", "port: 0")
            .replace("/tmp/plantbus-", folder + "/")
            .replace("rate: 0.01", "rate: 0.01, at: 23h"));
    Bench bench = BenchFile.read(copy, null, _ -> null).valueOrThrow();
    served = ServedBench.start(bench, adapters, folder);
  }

  ServedBench served() {
    return served;
  }

  /// Where a client finds a line, as on the command line.
  String endpoint(String name) {
    return switch (line(name)) {
      case BenchLine.Serial serial ->
          (serial.framing() == SerialFraming.RTU ? "rtu:" : "ascii:") + served.path(serial);
      case BenchLine.Tcp tcp -> endpoint(tcp);
      case BenchLine.Udp udp -> "udp://127.0.0.1:" + served.port(udp);
      case BenchLine.I2c _ -> throw new IllegalArgumentException(name);
    };
  }

  private String endpoint(BenchLine.Tcp tcp) {
    TlsFiles tls = tcp.tls();
    if (tls != null) {
      return "tls://127.0.0.1:%d?certificate=%s&key=%s&trust=%s"
          .formatted(
              served.port(tcp),
              folder.resolve("client.pem"),
              folder.resolve("client.key"),
              tls.trustAnchors());
    }
    String prefix =
        tcp.framing() == StreamFraming.MBAP
            ? "tcp"
            : tcp.framing() == StreamFraming.RTU ? "rtu+tcp" : "ascii+tcp";
    return prefix + "://127.0.0.1:" + served.port(tcp);
  }

  private BenchLine line(String name) {
    return served.bench().lines().stream()
        .filter(line -> line.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(name));
  }

  /// Asks unit 17 of a line.
  Outcome ask(String line, Request request) throws PortException, InterruptedException {
    try (SingleDevice device =
        adapters.device(
            Endpoint.parse(endpoint(line)),
            PATIENCE,
            new LineTap(TappedLine.stream(line, line, StreamFraming.MBAP, PATIENCE.toNanos())))) {
      return device.call(UnitId.of(17), request, PATIENCE.toNanos()).outcome();
    }
  }

  @Override
  public void close() {
    served.close();
    adapters.close();
  }
}
