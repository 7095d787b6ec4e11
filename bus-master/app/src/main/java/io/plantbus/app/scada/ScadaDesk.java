package io.plantbus.app.scada;

import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagEncoding;
import io.plantbus.devices.TagValue;
import io.plantbus.master.BusMaster;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Executes the requests of SCADA clients on the process image and on the way down for writes.
///
/// A value that is not good is refused with 0x0B, never answered with something old. A write is
/// answered when the devices have: a refusal with the device's own exception, an unknown outcome
/// with 0x0B, one that could not be sent in time with 0x06. Safe for use by any thread.
final class ScadaDesk {
  private final BusMaster master;
  private volatile Served served;
  private final ScadaIdentity identity = ScadaIdentity.ofThisBuild();

  private record Served(ScadaMap map, long writeTimeToLiveNanos) {
    static Served of(ScadaSpec spec) {
      return new Served(new ScadaMap(spec.points()), spec.writeTimeToLiveNanos());
    }
  }

  ScadaDesk(BusMaster master, ScadaSpec spec) {
    this.master = master;
    this.served = Served.of(spec);
  }

  /// Serves other points from the next request on.
  ///
  /// @throws IllegalArgumentException if points overlap; then nothing was changed
  void serve(ScadaSpec spec) {
    served = Served.of(spec);
  }

  /// Executes one request.
  ///
  /// @param request valid until this call returns
  /// @param origin who asks, for the records
  /// @param reply told exactly once, within this call or later on the thread of a line
  void execute(Request request, String origin, long nowNanos, Consumer<Response> reply) {
    switch (request) {
      case Request.Read(DataTable table, AddressRange range) ->
          reply.accept(read(table, range, nowNanos));
      case Request.WriteSingleCoil(int address, boolean on) ->
          writeCoils(address, BitBlock.of(on), origin, reply);
      case Request.WriteMultipleCoils coils ->
          writeCoils(coils.start(), coils.bits(), origin, reply);
      case Request.WriteSingleRegister(int address, int value) ->
          writeRegisters(address, RegisterBlock.of(value), origin, reply);
      case Request.WriteMultipleRegisters(int start, RegisterBlock registers) ->
          writeRegisters(start, registers, origin, reply);
      case Request.ReportServerId _ -> reply.accept(identity.serverId());
      case Request.ReadDeviceIdentification which -> reply.accept(identity.read(which));
      case Request.MaskWriteRegister _, Request.ReadWriteMultipleRegisters _, Request.Service _ ->
          reply.accept(Response.Refusal.of(ExceptionCode.ILLEGAL_FUNCTION));
    }
  }

  private Response read(DataTable table, AddressRange range, long nowNanos) {
    List<ScadaPoint> points = served.map().covering(table, range);
    if (points == null) {
      return Response.Refusal.of(ExceptionCode.ILLEGAL_DATA_ADDRESS);
    }
    boolean[] bits = new boolean[table.isBits() ? range.count() : 0];
    byte[] bytes = new byte[table.isBits() ? 0 : 2 * range.count()];
    for (ScadaPoint point : points) {
      TagSample sample = master.image().sample(point.tag(), nowNanos);
      if (sample == null || !sample.quality().isGood() || sample.value() == null) {
        return Response.Refusal.of(ExceptionCode.GATEWAY_TARGET_FAILED_TO_RESPOND);
      }
      if (table.isBits()) {
        bits[point.address() - range.start()] = sample.value().asDouble() != 0;
        continue;
      }
      switch (TagCodec.encode(point.encoding(), sample.value())) {
        case TagEncoding.Registers(RegisterBlock block) -> place(point, block, range, bytes);
        case TagEncoding.Coil _, TagEncoding.Misfit _ -> {
          return Response.Refusal.of(ExceptionCode.SERVER_DEVICE_FAILURE);
        }
      }
    }
    return table.isBits()
        ? new Response.Bits(BitBlock.of(bits))
        : new Response.Registers(RegisterBlock.view(bytes, 0, range.count()));
  }

  /// Copies the registers of a point that lie within the range: a client may read part of a value.
  private static void place(
      ScadaPoint point, RegisterBlock block, AddressRange range, byte[] bytes) {
    for (int i = 0; i < block.count(); i++) {
      int at = point.address() + i - range.start();
      if (at >= 0 && at < range.count()) {
        bytes[2 * at] = (byte) (block.register(i) >> 8);
        bytes[2 * at + 1] = (byte) block.register(i);
      }
    }
  }

  private void writeCoils(int start, BitBlock bits, String origin, Consumer<Response> reply) {
    AddressRange range = new AddressRange(start, bits.count());
    List<ScadaPoint> points = writable(DataTable.COILS, range);
    if (points == null) {
      reply.accept(Response.Refusal.of(ExceptionCode.ILLEGAL_DATA_ADDRESS));
      return;
    }
    List<WriteCommand> commands = new ArrayList<>();
    for (ScadaPoint point : points) {
      commands.add(command(point, TagValue.of(bits.bit(point.address() - start)), origin));
    }
    send(commands, reply);
  }

  private void writeRegisters(
      int start, RegisterBlock registers, String origin, Consumer<Response> reply) {
    AddressRange range = new AddressRange(start, registers.count());
    List<ScadaPoint> points = writable(DataTable.HOLDING_REGISTERS, range);
    if (points == null) {
      reply.accept(Response.Refusal.of(ExceptionCode.ILLEGAL_DATA_ADDRESS));
      return;
    }
    List<WriteCommand> commands = new ArrayList<>();
    for (ScadaPoint point : points) {
      TagValue value =
          TagCodec.decode(point.encoding(), registers, point.address() - start).value();
      if (value == null || !isWithinLimits(point, value)) {
        reply.accept(Response.Refusal.of(ExceptionCode.ILLEGAL_DATA_VALUE));
        return;
      }
      commands.add(command(point, value, origin));
    }
    send(commands, reply);
  }

  /// The points of a write, or null unless each is writable and written whole.
  private @Nullable List<ScadaPoint> writable(DataTable table, AddressRange range) {
    List<ScadaPoint> points = served.map().covering(table, range);
    if (points == null) {
      return null;
    }
    for (ScadaPoint point : points) {
      if (!point.writable() || !range.contains(point.range())) {
        return null;
      }
    }
    return points;
  }

  private boolean isWithinLimits(ScadaPoint point, TagValue value) {
    TagSpec tag = master.plant().tag(point.tag());
    if (tag == null) {
      return false;
    }
    Double least = tag.resource().minimum();
    Double most = tag.resource().maximum();
    double number = value.asDouble();
    return (least == null || number >= least) && (most == null || number <= most);
  }

  private WriteCommand command(ScadaPoint point, TagValue value, String origin) {
    return new WriteCommand(point.tag(), value, origin, served.writeTimeToLiveNanos());
  }

  /// Sends the commands and replies when the last has its outcome: with the first failure, if any.
  private void send(List<WriteCommand> commands, Consumer<Response> reply) {
    AtomicInteger open = new AtomicInteger(commands.size());
    AtomicReference<Response> result = new AtomicReference<>(Response.Written.INSTANCE);
    for (WriteCommand command : commands) {
      master.write(
          command,
          outcome -> {
            if (answer(outcome) instanceof Response.Refusal refusal) {
              result.compareAndSet(Response.Written.INSTANCE, refusal);
            }
            if (open.decrementAndGet() == 0) {
              reply.accept(result.get());
            }
          });
    }
  }

  private static Response answer(WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Acknowledged() -> Response.Written.INSTANCE;
      case WriteOutcome.Accepted() -> Response.Refusal.of(ExceptionCode.ACKNOWLEDGE);
      case WriteOutcome.Refused(Response.Refusal refusal) -> refusal;
      case WriteOutcome.Unknown _ ->
          Response.Refusal.of(ExceptionCode.GATEWAY_TARGET_FAILED_TO_RESPOND);
      case WriteOutcome.Expired(), WriteOutcome.Rejected _, WriteOutcome.Superseded _ ->
          Response.Refusal.of(ExceptionCode.SERVER_DEVICE_BUSY);
    };
  }
}
