package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The files with which an endpoint of a bench is secured.
final class BenchTls {
  /// The mapping.
  static final ObjectType<TlsFiles> TYPE =
      ObjectType.of(
          "bench security",
          "Secures an endpoint with TLS (Modbus/TCP Security). Clients must show a certificate. All"
              + " files are PEM; their paths are relative to this file.",
          BenchTls::keys);

  private BenchTls() {}

  private static ObjectType.Maker<TlsFiles> keys(Keys keys) {
    Key<String> certificate =
        keys.required(
            "certificate", Types.text(), "Our certificate, then the intermediate ones, if any.");
    Key<String> key =
        keys.required("key", Types.text(), "The private key of our certificate, not encrypted.");
    Key<String> trust =
        keys.required(
            "trust", Types.text(), "Certificates of the authorities that issue clients' ones.");
    return fields -> {
      Path chain = file(fields, certificate);
      Path own = file(fields, key);
      Path anchors = file(fields, trust);
      return chain == null || own == null || anchors == null
          ? null
          : new TlsFiles(chain, own, anchors, null);
    };
  }

  private static @Nullable Path file(Fields fields, Key<String> key) {
    Path document = Path.of(fields.node().position().file()).toAbsolutePath();
    Path file = document.resolveSibling(fields.get(key)).normalize();
    if (Files.isReadable(file)) {
      return file;
    }
    fields
        .problems()
        .error(
            fields.node(key),
            "there is no file " + file + " that can be read",
            "check the path, which is relative to this file, and its permissions");
    return null;
  }
}
