package io.plantbus.app.cli;

import io.plantbus.app.config.BenchFile;
import io.plantbus.app.wiring.Adapters;
import io.plantbus.app.wiring.ServedBench;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `simulate` serves, as long as a test needs it.
public final class RunningSimulation implements AutoCloseable {
  private final Adapters adapters = new Adapters(NanoClock.system());
  private final ServedBench served;

  private RunningSimulation(Bench bench, Path folder) throws PortException {
    served = ServedBench.start(bench, adapters, folder);
  }

  /// One serial line with raw tables at unit 17, and one TCP endpoint with a flow meter at unit 1.
  public static RunningSimulation start(Path folder) throws IOException {
    Path file = folder.resolve("served.yaml");
    Files.writeString(
        file,
        """
        name: test
        lines:
          serial:
            type: serial
            link: %s
            units:
              17:
                tables:
                  holding: [{start: 100, values: [0x41AC, 0, 7, 8]}]
                  coils: [{values: [1, 0]}]
          net:
            type: tcp
            port: 0
            units:
              1: {profile: tank-level-transmitter, initial: {level: 2.5}}
        """
            .formatted(folder.resolve("serial")));
    try {
      return new RunningSimulation(BenchFile.read(file, null, _ -> null).valueOrThrow(), folder);
    } catch (PortException failure) {
      throw new IOException(failure);
    }
  }

  String told() {
    StringWriter text = new StringWriter();
    for (BenchLine line : served.bench().lines()) {
      EndpointText.of(line, served).print(new PrintWriter(text, true));
    }
    return text.toString();
  }

  /// Where the serial line is opened.
  public Path serialPath() {
    return served.path((BenchLine.Serial) served.bench().lines().get(0));
  }

  /// Where the TCP endpoint listens.
  public int port() {
    return served.port((BenchLine.Tcp) served.bench().lines().get(1));
  }

  @Override
  public void close() {
    served.close();
    adapters.close();
  }
}
