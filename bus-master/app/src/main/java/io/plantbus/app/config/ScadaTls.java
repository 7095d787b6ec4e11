package io.plantbus.app.config;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.TlsFiles;
import java.nio.file.Path;

/// The files with which the SCADA endpoint is secured, as written.
///
/// @param certificate ours and the intermediate ones after it
/// @param key of our certificate
/// @param trust authorities that clients' certificates come from
/// @param where its mapping
record ScadaTls(String certificate, String key, String trust, Node where) {
  /// The mapping.
  static final Type<ScadaTls> TYPE =
      ObjectType.of(
          "SCADA security",
          "Secures the endpoint with TLS (Modbus/TCP Security). Clients must show a certificate."
              + " All files are PEM; their paths are relative to this file.",
          ScadaTls::keys);

  private static ObjectType.Maker<ScadaTls> keys(Keys keys) {
    Key<String> certificate =
        keys.required(
            "certificate", Types.text(), "Our certificate, then the intermediate ones, if any.");
    Key<String> key =
        keys.required("key", Types.text(), "The private key of our certificate, not encrypted.");
    Key<String> trust =
        keys.required(
            "trust", Types.text(), "Certificates of the authorities that issue clients' ones.");
    return fields ->
        new ScadaTls(fields.get(certificate), fields.get(key), fields.get(trust), fields.node());
  }

  /// The files.
  ///
  /// @param file the document's; paths are relative to its folder
  TlsFiles files(Path file) {
    return new TlsFiles(beside(file, certificate), beside(file, key), beside(file, trust), null);
  }

  private static Path beside(Path file, String written) {
    return file.toAbsolutePath().resolveSibling(written).normalize();
  }
}
