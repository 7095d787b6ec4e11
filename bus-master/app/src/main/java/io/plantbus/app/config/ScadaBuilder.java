package io.plantbus.app.config;

import io.plantbus.app.config.ScadaDocument.Encoder;
import io.plantbus.app.config.ScadaDocument.PointDocument;
import io.plantbus.app.scada.ScadaPoint;
import io.plantbus.app.scada.ScadaSecurity;
import io.plantbus.app.scada.ScadaSpec;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterAddress;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.security.AuthorizationRule;
import io.plantbus.protocols.modbus.security.AuthorizationTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks what is served against the tags of the plant.
final class ScadaBuilder {
  private static final int PORT = 1502;
  private static final int SECURE_PORT = 802;

  private final Path file;
  private final Tags tags;
  private final Problems problems;

  /// @param file the document's
  ScadaBuilder(Path file, Tags tags, Problems problems) {
    this.file = file;
    this.tags = tags;
    this.problems = problems;
  }

  /// What is served; points that are wrong are left out.
  ScadaSpec build(ScadaDocument document) {
    List<ScadaPoint> points = new ArrayList<>();
    document
        .points()
        .forEach(
            (address, written) -> {
              TagSpec tag = tags.find(written.tag());
              ScadaPoint point = tag == null ? null : point(address, written, tag);
              if (point != null && isFree(point, written, points)) {
                points.add(point);
              }
            });
    Integer port = document.port();
    return new ScadaSpec(
        document.host(),
        port == null ? (document.tls() == null ? PORT : SECURE_PORT) : port,
        document.listening(),
        document.writeTimeToLive().toNanos(),
        security(document),
        points);
  }

  /// Without rules nobody may do anything, and without certificates nobody has a role.
  private @Nullable ScadaSecurity security(ScadaDocument document) {
    ScadaTls tls = document.tls();
    Located<List<AuthorizationRule>> rules = document.authorisation();
    if (tls == null) {
      if (rules != null) {
        problems.error(
            rules.where(),
            "without 'tls' clients show no certificate, and so have no role",
            "write 'tls: {certificate: FILE, key: FILE, trust: FILE}' as well");
      }
      return null;
    }
    if (rules == null || rules.value().isEmpty()) {
      problems.warning(
          rules == null ? tls.where() : rules.where(),
          "no rule allows anybody anything",
          "write rules such as 'authorisation: [{role: operator, access: read-write}]'");
    }
    return new ScadaSecurity(
        tls.files(file),
        rules == null ? AuthorizationTable.NOTHING : new AuthorizationTable(rules.value()));
  }

  private @Nullable ScadaPoint point(RegisterAddress address, PointDocument written, TagSpec tag) {
    if (written.writable() && !tag.resource().access().canWrite()) {
      problems.error(written.where(), tag.name() + " cannot be written", "leave 'writable' away");
    }
    try {
      Encoder encoder = written.encoding();
      RegisterEncoding encoding =
          encoder == null ? plain(tag.resource(), address.table()) : encoder.of(address.table());
      return new ScadaPoint(
          tag.name(), address.table(), address.address(), encoding, written.writable());
    } catch (IllegalArgumentException wrong) {
      problems.error(written.where(), String.valueOf(wrong.getMessage()), "");
      return null;
    }
  }

  private boolean isFree(ScadaPoint point, PointDocument written, List<ScadaPoint> points) {
    for (ScadaPoint other : points) {
      if (other.table() == point.table() && other.range().overlaps(point.range())) {
        problems.error(
            written.where(),
            "%s %s overlaps '%s' at %s"
                .formatted(point.table().keyword(), point.range(), other.tag(), other.range()),
            "move one of them, or choose a shorter type");
        return false;
      }
    }
    return true;
  }

  /// What fits a tag where no type is written: its own type, or a float for what is scaled.
  private static RegisterEncoding plain(DeviceResource resource, DataTable table) {
    if (table.isBits()) {
      return RegisterEncoding.of(DataType.BOOL);
    }
    RegisterEncoding own =
        switch (resource.point()) {
          case Point.Modbus modbus -> modbus.encoding();
          case Point.I2cRegister register -> register.encoding();
          case Point.I2cChannel _ -> RegisterEncoding.of(DataType.FLOAT32);
        };
    return switch (own.type()) {
      case STRING ->
          new RegisterEncoding(
              DataType.STRING,
              RegisterEncoding.of(DataType.BOOL).order(),
              own.length(),
              0,
              0,
              1,
              0,
              List.of());
      case FLOAT64 -> RegisterEncoding.of(DataType.FLOAT64);
      case BOOL, INT16, UINT16, INT32, UINT32, INT64, UINT64, FLOAT32, BCD16, BCD32 ->
          RegisterEncoding.of(own.isScaled() ? DataType.FLOAT32 : own.type());
    };
  }
}
