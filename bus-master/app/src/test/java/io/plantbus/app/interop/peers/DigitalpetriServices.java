package io.plantbus.app.interop.peers;

import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.exceptions.UnknownUnitIdException;
import com.digitalpetri.modbus.pdu.MaskWriteRegisterRequest;
import com.digitalpetri.modbus.pdu.MaskWriteRegisterResponse;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadWriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadWriteMultipleRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsResponse;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilResponse;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadWriteModbusServices;
import io.plantbus.app.interop.script.Bytes;
import io.plantbus.app.interop.script.Model;
import io.plantbus.app.interop.script.Script;
import java.util.Optional;
import java.util.stream.IntStream;

/// The [Model] as a process image of digitalpetri/modbus, and before it what refuses some values.
final class DigitalpetriServices implements ModbusServices {
  private static final int WRITE_SINGLE_REGISTER = 6;

  private final ReadWriteModbusServices image = new Registers();

  private static final class Registers extends ReadWriteModbusServices {
    private final ProcessImage image = new ProcessImage();

    Registers() {
      image.with(
          all -> {
            all.writeCoils(
                map ->
                    IntStream.range(0, Model.BITS)
                        .forEach(i -> map.put(i, Model.COIL.applyAsInt(i) != 0)));
            all.writeDiscreteInputs(
                map ->
                    IntStream.range(0, Model.BITS)
                        .forEach(i -> map.put(i, Model.DISCRETE.applyAsInt(i) != 0)));
            all.writeHoldingRegisters(
                map ->
                    IntStream.range(0, Model.REGISTERS)
                        .forEach(i -> map.put(i, Bytes.ofRegisters(Model.HOLDING.applyAsInt(i)))));
            all.writeInputRegisters(
                map ->
                    IntStream.range(0, Model.REGISTERS)
                        .forEach(i -> map.put(i, Bytes.ofRegisters(Model.INPUT.applyAsInt(i)))));
          });
    }

    @Override
    protected Optional<ProcessImage> getProcessImage(int unit) {
      return unit == Script.UNIT ? Optional.of(image) : Optional.empty();
    }
  }

  @Override
  public WriteSingleRegisterResponse writeSingleRegister(
      ModbusRequestContext context, int unit, WriteSingleRegisterRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    int code = Model.refusal(request.address(), request.value());
    if (code != 0) {
      throw new ModbusResponseException(WRITE_SINGLE_REGISTER, code);
    }
    return image.writeSingleRegister(context, unit, request);
  }

  @Override
  public ReadCoilsResponse readCoils(
      ModbusRequestContext context, int unit, ReadCoilsRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    return image.readCoils(context, unit, request);
  }

  @Override
  public ReadDiscreteInputsResponse readDiscreteInputs(
      ModbusRequestContext context, int unit, ReadDiscreteInputsRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    return image.readDiscreteInputs(context, unit, request);
  }

  @Override
  public ReadHoldingRegistersResponse readHoldingRegisters(
      ModbusRequestContext context, int unit, ReadHoldingRegistersRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    return image.readHoldingRegisters(context, unit, request);
  }

  @Override
  public ReadInputRegistersResponse readInputRegisters(
      ModbusRequestContext context, int unit, ReadInputRegistersRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    return image.readInputRegisters(context, unit, request);
  }

  @Override
  public WriteSingleCoilResponse writeSingleCoil(
      ModbusRequestContext context, int unit, WriteSingleCoilRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    return image.writeSingleCoil(context, unit, request);
  }

  @Override
  public WriteMultipleCoilsResponse writeMultipleCoils(
      ModbusRequestContext context, int unit, WriteMultipleCoilsRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    return image.writeMultipleCoils(context, unit, request);
  }

  @Override
  public WriteMultipleRegistersResponse writeMultipleRegisters(
      ModbusRequestContext context, int unit, WriteMultipleRegistersRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    return image.writeMultipleRegisters(context, unit, request);
  }

  @Override
  public MaskWriteRegisterResponse maskWriteRegister(
      ModbusRequestContext context, int unit, MaskWriteRegisterRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    return image.maskWriteRegister(context, unit, request);
  }

  @Override
  public ReadWriteMultipleRegistersResponse readWriteMultipleRegisters(
      ModbusRequestContext context, int unit, ReadWriteMultipleRegistersRequest request)
      throws ModbusResponseException, UnknownUnitIdException {
    return image.readWriteMultipleRegisters(context, unit, request);
  }
}
