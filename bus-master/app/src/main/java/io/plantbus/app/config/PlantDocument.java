package io.plantbus.app.config;

import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Types;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A plant file as written, its parts not yet checked against each other.
///
/// @param name what the plant is called
/// @param profiles folders with profiles of the user's own, as written
/// @param lines those that are right
/// @param lineNames all that are written
/// @param devices those that are right
/// @param deviceNames all that are written
/// @param loops those that are right
/// @param safeState by the tag's name
/// @param scada null if nothing is served
/// @param audit null if no record of writes is kept
record PlantDocument(
    String name,
    List<Located<String>> profiles,
    Map<String, LineDocument> lines,
    List<String> lineNames,
    Map<String, DeviceDocument> devices,
    List<String> deviceNames,
    Map<String, LoopDocument> loops,
    Map<String, Located<String>> safeState,
    @Nullable ScadaDocument scada,
    @Nullable AuditDocument audit) {
  /// A plant file.
  static final ObjectType<PlantDocument> TYPE =
      ObjectType.of(
          "plant",
          "Everything that one master runs: lines, the devices on them, and what is done with their"
              + " values.",
          PlantDocument::keys);

  private static ObjectType.Maker<PlantDocument> keys(Keys keys) {
    Key<String> name = keys.optional("plant", Types.text(), "plant", "What the plant is called.");
    Key<List<Located<String>>> profiles =
        keys.optional(
            "profiles",
            Types.shorthand(
                Types.located(Types.text()).as(List::of), Types.list(Types.located(Types.text()))),
            "[]",
            "Folder or folders with profiles of your own, relative to this file.");
    Key<Map<String, LineDocument>> lines =
        keys.required("lines", Types.map(LineDocument.TYPE), "The buses, by name.");
    Key<Map<String, DeviceDocument>> devices =
        keys.required("devices", Types.map(DeviceDocument.TYPE), "The devices, by name.");
    Key<Map<String, LoopDocument>> loops =
        keys.optional("loops", Types.map(LoopDocument.TYPE), "{}", "Control loops, by name.");
    Key<Map<String, Located<String>>> safeState =
        keys.optional(
            "safe-state",
            Types.map(Types.located(Types.text())),
            "{}",
            "What is written to outputs when the master stops, by the tag's name.");
    OptionalKey<ScadaDocument> scada =
        keys.optional("scada", ScadaDocument.TYPE, "Serves tags over Modbus TCP.");
    OptionalKey<AuditDocument> audit =
        keys.optional("audit", AuditDocument.TYPE, "Keeps a record of writes; none if left away.");
    return fields ->
        new PlantDocument(
            fields.get(name),
            fields.get(profiles),
            fields.get(lines),
            fields.names(lines),
            fields.get(devices),
            fields.names(devices),
            fields.get(loops),
            fields.get(safeState),
            fields.get(scada),
            fields.get(audit));
  }
}
