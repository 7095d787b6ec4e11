package io.plantbus.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.app.config.PlantFile;
import io.plantbus.app.device.Endpoint;
import io.plantbus.app.device.HostAndPort;
import io.plantbus.app.scada.ScadaSpec;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.poll.LeastCostPlanner;
import io.plantbus.master.poll.PlannedRead;
import io.plantbus.master.poll.ReadableSpace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What a plant file will do, for `check`.
final class PlantSummary {
  private PlantSummary() {}

  static void print(PrintWriter out, Path file, PlantFile plantFile) {
    Plant plant = plantFile.plant();
    out.println(
        "%s: plant '%s' is right: %d lines, %d devices, %d tags, %d %s"
            .formatted(
                file,
                plant.name(),
                plant.lines().size(),
                plant.devices().size(),
                plant.tags().size(),
                plant.loops().size(),
                plant.loops().size() == 1 ? "loop" : "loops"));
    for (LineSpec line : plant.lines()) {
      List<DeviceSpec> devices = plant.devicesOn(line);
      out.println("  line %s: %s%s".formatted(line.name(), transport(line), load(line, devices)));
      for (DeviceSpec device : devices) {
        out.println("    " + describe(line, device));
        for (PlannedRead read : reads(line, device)) {
          out.println("      " + describe(read));
        }
      }
    }
    ScadaSpec scada = plantFile.scada();
    if (scada != null) {
      out.println(
          "  SCADA endpoint %s://%s: %d points, %d of them writable"
              .formatted(
                  scada.security() == null ? "tcp" : "tls",
                  scada.port() == 0 ? scada.host() : new HostAndPort(scada.host(), scada.port()),
                  scada.points().size(),
                  scada.points().stream().filter(point -> point.writable()).count()));
    }
  }

  static void write(JsonGenerator json, PlantFile plantFile) throws IOException {
    Plant plant = plantFile.plant();
    json.writeStringField("plant", plant.name());
    json.writeNumberField("tags", plant.tags().size());
    json.writeNumberField("loops", plant.loops().size());
    json.writeArrayFieldStart("lines");
    for (LineSpec line : plant.lines()) {
      json.writeStartObject();
      json.writeStringField("name", line.name());
      json.writeStringField("transport", transport(line));
      json.writeNumberField("requestsPerSecond", requestsPerSecond(line, plant.devicesOn(line)));
      json.writeArrayFieldStart("devices");
      for (DeviceSpec device : plant.devicesOn(line)) {
        json.writeStartObject();
        json.writeStringField("name", device.name());
        json.writeStringField("address", address(device));
        json.writeStringField("profile", device.profile().name());
        json.writeNumberField("tags", device.tags().size());
        json.writeNumberField("requests", reads(line, device).size());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// The endpoint as `read` takes it, and the window.
  private static String transport(LineSpec line) {
    return switch (line.transport()) {
      case Transport.Serial serial -> Endpoint.of(serial).toString();
      case Transport.Tcp tcp -> Endpoint.of(tcp) + ", window " + tcp.window();
      case Transport.Udp udp -> Endpoint.of(udp) + ", window " + udp.window();
      case Transport.I2c i2c -> "I2C, " + i2c.device();
    };
  }

  private static String address(DeviceSpec device) {
    return switch (device.address()) {
      case DeviceSpec.Address.Modbus(var unit) -> "unit " + unit;
      case DeviceSpec.Address.I2c(var address) -> "address " + address;
    };
  }

  private static String describe(LineSpec line, DeviceSpec device) {
    boolean modbus = device.address() instanceof DeviceSpec.Address.Modbus;
    int requests = reads(line, device).size();
    return "%s: %s, %s, %d tags%s%s"
        .formatted(
            device.name(),
            address(device),
            device.profile().name(),
            device.tags().size(),
            modbus ? " read by " + requests + (requests == 1 ? " request" : " requests") : "",
            device.inService() ? "" : ", out of service");
  }

  /// Such as `input:0..1 every 250ms: level`.
  private static String describe(PlannedRead read) {
    return "%s:%s every %s: %s"
        .formatted(
            read.request().table().keyword(),
            read.request().range(),
            DurationConverter.format(Duration.ofNanos(read.periodNanos())),
            String.join(", ", read.tags().stream().map(tag -> tag.resource().name()).toList()));
  }

  private static List<PlannedRead> reads(LineSpec line, DeviceSpec device) {
    if (line.transport() instanceof Transport.I2c) {
      return List.of();
    }
    return LeastCostPlanner.of(line)
        .plan(device.tags(), ReadableSpace.of(device.profile().limits()));
  }

  private static double requestsPerSecond(LineSpec line, List<DeviceSpec> devices) {
    double sum = 0;
    for (DeviceSpec device : devices) {
      if (device.inService()) {
        for (PlannedRead read : reads(line, device)) {
          sum += 1e9 / read.periodNanos();
        }
      }
    }
    return sum;
  }

  private static String load(LineSpec line, List<DeviceSpec> devices) {
    double perSecond = requestsPerSecond(line, devices);
    return perSecond == 0
        ? ""
        : String.format(Locale.ROOT, ", %.1f requests per second", perSecond);
  }
}
