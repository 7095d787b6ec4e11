package io.plantbus.app.device;

import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagValue;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.encoding.EncodeOutcome;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import java.util.List;

/// Makes the one request that writes values.
public final class WriteRequests {
  private WriteRequests() {}

  /// The request that writes these texts: function 5 or 6 for one bit or register, 15 or 16 for
  /// more.
  ///
  /// @param target where to; its count is that of `values`
  /// @throws IllegalArgumentException with what to write instead
  public static Request of(Target target, List<String> values) {
    if (!target.table().isWritable()) {
      throw new IllegalArgumentException(
          target.table().keyword()
              + ":"
              + target.address()
              + " cannot be written: coils and holding registers can");
    }
    return target.table().isBits() ? coils(target, values) : registers(target, values);
  }

  private static Request coils(Target target, List<String> values) {
    boolean[] bits = new boolean[values.size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = ValueText.state(values.get(i));
    }
    return bits.length == 1
        ? new Request.WriteSingleCoil(target.address(), bits[0])
        : new Request.WriteMultipleCoils(target.address(), BitBlock.of(bits));
  }

  private static Request registers(Target target, List<String> values) {
    int width = target.width();
    byte[] bytes = new byte[2 * width * values.size()];
    for (int i = 0; i < values.size(); i++) {
      encode(values.get(i), target.encoding(), bytes, 2 * width * i);
    }
    RegisterBlock block = RegisterBlock.view(bytes, 0, width * values.size());
    return block.count() == 1
        ? new Request.WriteSingleRegister(target.address(), block.register(0))
        : new Request.WriteMultipleRegisters(target.address(), block);
  }

  private static void encode(String text, RegisterEncoding encoding, byte[] into, int at) {
    TagValue value = ValueText.parse(text, encoding);
    EncodeOutcome outcome = TagCodec.encode(encoding, value, into, at);
    if (outcome != EncodeOutcome.ENCODED) {
      throw new IllegalArgumentException(TagCodec.misfit(encoding, value, outcome));
    }
  }
}
