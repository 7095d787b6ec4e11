package io.plantbus.master.write;

import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagEncoding;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import org.jspecify.annotations.Nullable;

/// How a value is written to a tag, or why it cannot be: decided before anything is sent.
///
/// A coil takes function code 5, one register 6, several 16. A bit field takes 22, which leaves the
/// other bits of its register alone as one step of the device. A device that does not know 22
/// refuses with exception 01, and that is the outcome: reading, changing and writing the register
/// instead could undo what the device or another client changed in between.
public sealed interface WritePlan {
  /// It can be sent.
  ///
  /// @param request what goes to a Modbus device; null for I2C, where the driver knows
  record Ready(@Nullable Request request) implements WritePlan {}

  /// It must not be sent.
  ///
  /// @param reason what is allowed, for a person
  record Impossible(String reason) implements WritePlan {}

  /// Checks access, range and type, in this order.
  ///
  /// @param limits what one request may carry to the device
  static WritePlan of(TagSpec tag, TagValue value, RequestLimits limits) {
    DeviceResource resource = tag.resource();
    if (!resource.access().canWrite()) {
      return new Impossible(tag.name() + " can only be read");
    }
    Double minimum = resource.minimum();
    Double maximum = resource.maximum();
    double number = value.asDouble();
    if ((minimum != null && number < minimum) || (maximum != null && number > maximum)) {
      return new Impossible(
          "%s is out of range for %s, which takes %s"
              .formatted(value, tag.name(), range(minimum, maximum, resource.unit())));
    }
    return switch (resource.point()) {
      case Point.Modbus point -> modbus(tag, point, value, limits);
      case Point.I2cRegister point ->
          TagCodec.encode(point.encoding(), value) instanceof TagEncoding.Misfit(String reason)
              ? new Impossible(tag.name() + ": " + reason)
              : new Ready(null);
      case Point.I2cChannel _ -> new Ready(null);
    };
  }

  private static String range(@Nullable Double minimum, @Nullable Double maximum, String unit) {
    String least = minimum == null ? "" : minimum.toString();
    String greatest = maximum == null ? "" : maximum.toString();
    return (least + ".." + greatest + " " + unit).strip();
  }

  private static WritePlan modbus(
      TagSpec tag, Point.Modbus point, TagValue value, RequestLimits limits) {
    if (!point.table().isWritable()) {
      return new Impossible(tag.name() + " lies in a table that can only be read");
    }
    TagEncoding encoding =
        point.table() == DataTable.COILS
            ? TagCodec.encodeCoil(value)
            : TagCodec.encode(point.encoding(), value);
    int start = point.range().start();
    return switch (encoding) {
      case TagEncoding.Coil(boolean on) -> new Ready(new Request.WriteSingleCoil(start, on));
      case TagEncoding.Registers(RegisterBlock registers) ->
          registers(tag, point, registers, limits);
      case TagEncoding.Misfit(String reason) -> new Impossible(tag.name() + ": " + reason);
    };
  }

  private static WritePlan registers(
      TagSpec tag, Point.Modbus point, RegisterBlock registers, RequestLimits limits) {
    int start = point.range().start();
    RegisterBlock mask = TagCodec.mask(point.encoding());
    int touched = -1;
    boolean partial = false;
    for (int i = 0; i < mask.count(); i++) {
      partial |= mask.register(i) != 0xFFFF;
      if (mask.register(i) != 0) {
        touched = touched < 0 ? i : mask.count();
      }
    }
    if (partial && point.encoding().bitCount() > 0) {
      return touched < mask.count()
          ? new Ready(
              new Request.MaskWriteRegister(
                  start + touched, ~mask.register(touched) & 0xFFFF, registers.register(touched)))
          : new Impossible(
              tag.name() + " is a bit field over several registers, which no request can write");
    }
    if (registers.count() == 1) {
      return new Ready(new Request.WriteSingleRegister(start, registers.register(0)));
    }
    return registers.count() <= limits.maxWriteRegisters()
        ? new Ready(new Request.WriteMultipleRegisters(start, registers))
        : new Impossible(
            "%s takes %d registers, its device accepts %d in one request"
                .formatted(tag.name(), registers.count(), limits.maxWriteRegisters()));
  }
}
