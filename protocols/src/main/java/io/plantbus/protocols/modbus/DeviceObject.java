package io.plantbus.protocols.modbus;

import io.plantbus.protocols.ByteBlock;
import java.nio.charset.StandardCharsets;

/// One object of a device's identification (AP 6.21).
///
/// | id | object | category |
/// |---|---|---|
/// | 0x00 | vendor name | basic, mandatory |
/// | 0x01 | product code | basic, mandatory |
/// | 0x02 | major and minor revision | basic, mandatory |
/// | 0x03 | vendor's URL | regular |
/// | 0x04 | product name | regular |
/// | 0x05 | model name | regular |
/// | 0x06 | user application name | regular |
/// | 0x80..0xFF | the vendor's | extended |
///
/// @param id 0..255
/// @param value at most 244 bytes, so that it fits an answer of its own
public record DeviceObject(int id, ByteBlock value) {
  /// The vendor name's id.
  public static final int VENDOR_NAME = 0x00;

  /// The product code's id.
  public static final int PRODUCT_CODE = 0x01;

  /// The revision's id.
  public static final int REVISION = 0x02;

  /// The product name's id.
  public static final int PRODUCT_NAME = 0x04;

  /// The model name's id.
  public static final int MODEL_NAME = 0x05;

  /// The longest value.
  public static final int MAX_VALUE_BYTES = RequestEncoder.MAX_PDU_BYTES - 9;

  public DeviceObject {
    if (id < 0 || id > 255) {
      throw new IllegalArgumentException("an object id must be 0..255, was " + id);
    }
    if (value.length() > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException(
          "object %d must be at most %d bytes, was %d"
              .formatted(id, MAX_VALUE_BYTES, value.length()));
    }
  }

  /// An object that holds text, cut to what fits. What is not ASCII becomes a question mark.
  public static DeviceObject of(int id, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new DeviceObject(
        id, ByteBlock.copyOf(bytes, 0, Math.min(bytes.length, MAX_VALUE_BYTES)));
  }

  /// Its value as text.
  public String text() {
    return new String(value.toArray(), StandardCharsets.ISO_8859_1);
  }
}
