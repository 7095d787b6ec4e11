package io.plantbus.app.config;

import io.plantbus.app.scada.ScadaSpec;
import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.hal.TlsFiles;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.plant.Plant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks the parts of a plant file against each other and makes the plant. Used once.
final class PlantBuilder {
  private final PlantDocument document;
  private final Path file;
  private final ProfileCatalogue profiles;
  private final Problems problems;

  /// @param file the document's; paths in it are relative to its folder
  PlantBuilder(PlantDocument document, Path file, ProfileCatalogue profiles, Problems problems) {
    this.document = document;
    this.file = file;
    this.profiles = profiles;
    this.problems = problems;
  }

  /// The plant; not to be used if there are problems.
  PlantFile build() {
    List<LineSpec> lines = lines();
    Tags tags = new Tags(document, problems);
    DeviceBuilder builder = new DeviceBuilder(document, profiles, tags, problems);
    List<DeviceSpec> devices = new ArrayList<>();
    document
        .devices()
        .forEach(
            (name, device) -> {
              DeviceSpec spec = builder.build(name, device);
              if (spec != null) {
                devices.add(spec);
              }
            });
    tags.refuseUnknownSafeStates();
    LoopBuilder loopBuilder = new LoopBuilder(tags, problems);
    List<LoopSpec> loops = new ArrayList<>();
    for (LoopDocument loop : document.loops().values()) {
      LoopSpec spec = loopBuilder.build(loop);
      if (spec != null) {
        loops.add(spec);
      }
    }
    ScadaDocument served = document.scada();
    ScadaSpec scada = served == null ? null : new ScadaBuilder(file, tags, problems).build(served);
    AuditDocument audit = document.audit();
    return new PlantFile(
        new Plant(document.name(), lines, devices, loops),
        scada,
        audit == null ? null : audit.spec(file),
        secured(lines, served));
  }

  private List<SecuredPart> secured(List<LineSpec> lines, @Nullable ScadaDocument served) {
    List<SecuredPart> parts = new ArrayList<>();
    for (LineSpec line : lines) {
      LineDocument written = document.lines().get(line.name());
      TlsFiles files = line.transport() instanceof Transport.Tcp tcp ? tcp.tls() : null;
      if (written != null && files != null) {
        parts.add(new SecuredPart(written.where(), files));
      }
    }
    ScadaTls tls = served == null ? null : served.tls();
    if (tls != null) {
      parts.add(new SecuredPart(tls.where(), tls.files(file)));
    }
    return parts;
  }

  private List<LineSpec> lines() {
    Map<String, String> users = new HashMap<>();
    List<LineSpec> lines = new ArrayList<>();
    document
        .lines()
        .forEach(
            (name, line) -> {
              switch (line.spec().transport()) {
                case Transport.Serial serial ->
                    claim(
                        users,
                        serial.device(),
                        switch (serial.framing()) {
                          case RTU -> "rtu";
                          case ASCII -> "ascii";
                        },
                        name,
                        line.where());
                case Transport.I2c i2c -> claim(users, i2c.device(), "i2c", name, line.where());
                case Transport.Tcp _, Transport.Udp _ -> {}
              }
              lines.add(line.specBeside(file));
            });
    return lines;
  }

  private void claim(
      Map<String, String> users, String device, String key, String name, Node where) {
    String former = users.putIfAbsent(device, name);
    if (former != null) {
      Node at = where instanceof Node.Mapping mapping ? mapping.get(key) : where;
      problems.error(
          at == null ? where : at,
          device + " is used by line '" + former + "' already",
          "put the devices of both on one line");
    }
  }
}
