package io.plantbus.app.scada;

import io.plantbus.devices.slave.DeviceIdentity;
import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/// Who the endpoint says it is, by function codes 17 and 43 (AP 6.13, 6.21). Immutable.
final class ScadaIdentity {
  private static final String NAME = "Plantbus";
  private static final ByteBlock ID = ByteBlock.of(1);

  private final DeviceIdentity objects;
  private final Response.ServerId serverId;

  /// @param version of this program, such as `1.2.0`
  private ScadaIdentity(String version) {
    objects =
        new DeviceIdentity(
            List.of(
                DeviceObject.of(DeviceObject.VENDOR_NAME, NAME),
                DeviceObject.of(DeviceObject.PRODUCT_CODE, "plantbus"),
                DeviceObject.of(DeviceObject.REVISION, version),
                DeviceObject.of(DeviceObject.PRODUCT_NAME, "Plantbus SCADA endpoint")));
    byte[] text = (NAME + " " + version).getBytes(StandardCharsets.US_ASCII);
    serverId = Response.ServerId.of(ID, true, ByteBlock.copyOf(text, 0, text.length));
  }

  /// This program's, with the version that it was built as.
  static ScadaIdentity ofThisBuild() {
    Properties properties = new Properties();
    try (InputStream stream =
        ScadaIdentity.class.getResourceAsStream("/io/plantbus/app/cli/version.properties")) {
      properties.load(stream);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new ScadaIdentity(properties.getProperty("version", "0"));
  }

  /// Id 1, running, name and version.
  Response.ServerId serverId() {
    return serverId;
  }

  Response read(Request.ReadDeviceIdentification request) {
    return objects.read(request);
  }
}
