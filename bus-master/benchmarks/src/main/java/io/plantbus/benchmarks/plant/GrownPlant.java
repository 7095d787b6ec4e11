package io.plantbus.benchmarks.plant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A plant of any size and the simulated slaves it polls: every TCP line has a connection of its
/// own to one endpoint that serves ten units, every serial line a pseudo terminal with one.
///
/// @param tcpLines lines of Modbus TCP, at least 1
/// @param devices of each TCP line, 1..10
/// @param tags of each device, read each second
/// @param serialLines lines of Modbus RTU with one device of as many tags, up to 100
record GrownPlant(int tcpLines, int devices, int tags, int serialLines) {
  private static final int UNITS = 10;
  private static final int MOST_CLIENTS = 1_000;

  int tagCount() {
    return (tcpLines * devices + serialLines) * tags;
  }

  Path writePlant(Path folder, int port) throws IOException {
    writeProfile(Files.createDirectories(folder.resolve("profiles")));
    StringBuilder text = new StringBuilder("plant: grown\nprofiles: profiles\nlines:\n");
    for (int line = 0; line < tcpLines; line++) {
      text.append("  net-%d: { tcp: \"127.0.0.1:%d\", window: 4 }%n".formatted(line, port));
    }
    for (int line = 0; line < serialLines; line++) {
      text.append("  rtu-%d: { rtu: %s, driver: linux }%n".formatted(line, terminal(folder, line)));
    }
    text.append("devices:\n");
    for (int line = 0; line < tcpLines; line++) {
      for (int unit = 1; unit <= devices; unit++) {
        device(text, "n%d-%d".formatted(line, unit), "net-" + line, unit);
      }
    }
    for (int line = 0; line < serialLines; line++) {
      device(text, "r" + line, "rtu-" + line, 1);
    }
    return Files.writeString(folder.resolve("plant.yaml"), text);
  }

  private static void device(StringBuilder text, String name, String line, int unit) {
    text.append(
        "  %s: { line: %s, unit: %d, profile: grown, poll: 1s }%n".formatted(name, line, unit));
  }

  private void writeProfile(Path folder) throws IOException {
    StringBuilder text =
        new StringBuilder("apiVersion: v3\nname: grown\nmodel: any\ndeviceResources:\n");
    for (int tag = 0; tag < tags; tag++) {
      text.append("  - name: v%d%n    description: A value%n".formatted(tag));
      text.append(
          "    attributes: { primaryTable: HOLDING_REGISTERS, startingAddress: %d }%n"
              .formatted(tag));
      text.append("    properties: { valueType: Uint16, readWrite: R }\n");
    }
    Files.writeString(folder.resolve("grown.yaml"), text);
  }

  Path writeBench(Path folder, int port) throws IOException {
    String registers =
        "{ tables: { holding: [{ start: 0, count: %d, value: 7 }] } }".formatted(tags);
    StringBuilder text = new StringBuilder("name: grown\nlines:\n");
    text.append("  net:\n    type: tcp\n    port: %d\n".formatted(port));
    text.append("    max-clients: %d%n    units:%n".formatted(MOST_CLIENTS));
    for (int unit = 1; unit <= UNITS; unit++) {
      text.append("      %d: %s%n".formatted(unit, registers));
    }
    for (int line = 0; line < serialLines; line++) {
      text.append("  rtu-%d:%n    type: serial%n".formatted(line));
      text.append("    link: %s%n    units:%n".formatted(terminal(folder, line)));
      text.append("      1: %s%n".formatted(registers));
    }
    return Files.writeString(folder.resolve("bench.yaml"), text);
  }

  private static Path terminal(Path folder, int line) {
    return folder.resolve("rtu-" + line);
  }
}
