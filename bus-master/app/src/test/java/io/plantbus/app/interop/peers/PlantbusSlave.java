package io.plantbus.app.interop.peers;

import io.plantbus.app.interop.script.Model;
import io.plantbus.app.interop.script.ServiceModel;
import io.plantbus.devices.slave.BankLayout;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.DeviceIdentity;
import io.plantbus.devices.slave.FileMemory;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.devices.slave.RegisterQueue;
import io.plantbus.devices.slave.SlaveBehaviour;
import io.plantbus.devices.slave.SlaveServices;
import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The [Model] as a slave of this project.
public final class PlantbusSlave implements SlaveBehaviour {
  private static final int TOO_LONG = 32;

  private PlantbusSlave() {}

  /// A fresh one.
  public static BankSlave make() {
    return new BankSlave(
        BankLayout.of(
            List.of(
                table(DataTable.COILS, Model.BITS, Model.COIL),
                table(DataTable.DISCRETE_INPUTS, Model.BITS, Model.DISCRETE),
                table(DataTable.HOLDING_REGISTERS, Model.REGISTERS, Model.HOLDING),
                table(DataTable.INPUT_REGISTERS, Model.REGISTERS, Model.INPUT))),
        new PlantbusSlave(),
        services());
  }

  private static RawTable table(DataTable table, int count, IntUnaryOperator values) {
    return new RawTable(
        table, new AddressRange(0, count), IntStream.range(0, count).map(values).boxed().toList());
  }

  private static SlaveServices services() {
    RegisterQueue queue = new RegisterQueue(1);
    queue.add(ServiceModel.QUEUED);
    RegisterQueue full = new RegisterQueue(TOO_LONG);
    IntStream.range(0, TOO_LONG).forEach(full::add);
    int[] id = ServiceModel.SERVER_ID.stream().mapToInt(Integer::intValue).toArray();
    return new SlaveServices()
        .withExceptionStatus(ServiceModel.EXCEPTION_STATUS)
        .with(new Response.ServerId(ByteBlock.of(id)))
        .with(new FileMemory().with(ServiceModel.FILE, ServiceModel.RECORDS))
        .with(ServiceModel.QUEUE, queue)
        .with(ServiceModel.LONG_QUEUE, full)
        .with(
            new DeviceIdentity(
                ServiceModel.OBJECTS.entrySet().stream()
                    .map(object -> DeviceObject.of(object.getKey(), object.getValue()))
                    .toList()));
  }

  @Override
  public void refresh(RegisterBank bank, long nowNanos) {}

  @Override
  public @Nullable ExceptionCode refusal(RegisterBank bank, Request request, long nowNanos) {
    return request instanceof Request.WriteSingleRegister(int address, int value)
        ? ExceptionCode.of(Model.refusal(address, value))
        : null;
  }
}
