package io.plantbus.app.interop.peers;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.ModbusSlaveException;
import com.ghgande.j2mod.modbus.facade.AbstractModbusMaster;
import com.ghgande.j2mod.modbus.facade.ModbusSerialMaster;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.facade.ModbusUDPMaster;
import com.ghgande.j2mod.modbus.io.ModbusTransaction;
import com.ghgande.j2mod.modbus.procimg.File;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import com.ghgande.j2mod.modbus.procimg.Record;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalIn;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalOut;
import com.ghgande.j2mod.modbus.procimg.SimpleInputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import com.ghgande.j2mod.modbus.util.BitVector;
import com.ghgande.j2mod.modbus.util.SerialParameters;
import io.plantbus.app.interop.script.Model;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
import io.plantbus.app.interop.script.ServiceModel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// j2mod, in this process.
final class J2modPeer implements Peer {
  private static final int TIMEOUT_MILLIS = 2000;

  @Override
  public String name() {
    return "j2mod";
  }

  @Override
  public String version() {
    return "3.3.0 (Maven `com.ghgande:j2mod`)";
  }

  @Override
  public @Nullable String unavailable() {
    return null;
  }

  @Override
  public Role client() {
    Set<Transport> transports = EnumSet.allOf(Transport.class);
    transports.remove(Transport.TLS);
    return new Role(transports, Programs.ALL);
  }

  /// One word of data only in function 8.
  @Override
  public boolean can(Operation operation, Transport transport) {
    return client().functions().contains(operation.function())
        && (operation.function() != 8 || operation.values(1).length == 1);
  }

  @Override
  public Role server() {
    Set<Integer> functions = new HashSet<>(Programs.DATA_ACCESS);
    functions.addAll(Set.of(20, 21, 24));
    return new Role(client().transports(), functions);
  }

  private static SerialParameters serial(Place place) {
    SerialParameters parameters =
        new SerialParameters(
            place.device(), place.transport().baud(), 0, 0, 8, 1, 2 /* even */, false);
    parameters.setEncoding(place.transport().word());
    return parameters;
  }

  @Override
  public Server serve(Place place) throws Exception {
    InetAddress host = InetAddress.getLoopbackAddress();
    Place served = place.transport().isSerial() ? place : place.withPort(FreePort.find());
    ModbusSlave slave =
        switch (place.transport()) {
          case TCP, RTU_OVER_TCP ->
              ModbusSlaveFactory.createTCPSlave(
                  host, served.port(), 2, place.transport() == Transport.RTU_OVER_TCP);
          case UDP -> ModbusSlaveFactory.createUDPSlave(host, served.port());
          case RTU_9600, RTU_19200, RTU_115200, ASCII_19200 ->
              ModbusSlaveFactory.createSerialSlave(serial(place));
          case TLS -> throw new UnsupportedOperationException("j2mod has no TLS");
        };
    slave.addProcessImage(Script.UNIT, image());
    slave.open();
    return new Serving(slave, served);
  }

  private record Serving(ModbusSlave slave, Place place) implements Server {
    /// It waits for threads that wait for bytes, and meanwhile no other slave answers.
    @Override
    public boolean endsSlowly() {
      return true;
    }

    /// On a serial line this takes some 4 s, and for ever if the line is gone before.
    @Override
    public void close() {
      try {
        ModbusSlaveFactory.close(slave);
      } catch (UnsupportedOperationException _) {
        // A listener that is slow to end is told to by Thread.stop, which no JVM has any more.
      }
    }
  }

  private static SimpleProcessImage image() {
    SimpleProcessImage image = new SimpleProcessImage(Script.UNIT);
    for (int i = 0; i < Model.BITS; i++) {
      image.addDigitalOut(new SimpleDigitalOut(Model.COIL.applyAsInt(i) != 0));
      image.addDigitalIn(new SimpleDigitalIn(Model.DISCRETE.applyAsInt(i) != 0));
    }
    for (int i = 0; i < Model.REGISTERS; i++) {
      image.addRegister(new SimpleRegister(Model.HOLDING.applyAsInt(i)));
      image.addInputRegister(new SimpleInputRegister(Model.INPUT.applyAsInt(i)));
    }
    for (int number = 0; number <= ServiceModel.FILE; number++) {
      File file = new File(number, ServiceModel.RECORDS);
      for (int record = 0; record < ServiceModel.RECORDS; record++) {
        file.setRecord(record, new Record(record, ServiceModel.RECORDS));
      }
      image.addFile(file);
    }
    return image;
  }

  private static AbstractModbusMaster master(Place place) {
    return switch (place.transport()) {
      case TCP, RTU_OVER_TCP ->
          new ModbusTCPMaster(
              Place.HOST,
              place.port(),
              TIMEOUT_MILLIS,
              false,
              place.transport() == Transport.RTU_OVER_TCP);
      case UDP -> new ModbusUDPMaster(Place.HOST, place.port(), TIMEOUT_MILLIS);
      case RTU_9600, RTU_19200, RTU_115200, ASCII_19200 ->
          new ModbusSerialMaster(serial(place), TIMEOUT_MILLIS);
      case TLS -> throw new UnsupportedOperationException("j2mod has no TLS");
    };
  }

  @Override
  public List<String> run(Place place, List<Operation> operations) throws Exception {
    AbstractModbusMaster master = master(place);
    master.setRetries(0);
    master.connect();
    try {
      List<String> replies = new ArrayList<>();
      for (Operation operation : operations) {
        replies.add(reply(master, operation));
      }
      return replies;
    } finally {
      master.disconnect();
    }
  }

  private static String reply(AbstractModbusMaster master, Operation operation) {
    try {
      return done(master, operation);
    } catch (ModbusSlaveException refusal) {
      return Operation.exception(refusal.getType());
    } catch (ModbusException failure) {
      return "fault " + failure;
    }
  }

  private static String done(AbstractModbusMaster master, Operation operation)
      throws ModbusException {
    int unit = Script.UNIT;
    int first = operation.argument(0);
    int second = operation.argument(1);
    return switch (operation.function()) {
      case 1 -> bits(master.readCoils(unit, first, second), second);
      case 2 -> bits(master.readInputDiscretes(unit, first, second), second);
      case 3 -> words(master.readMultipleRegisters(unit, first, second));
      case 4 -> words(master.readInputRegisters(unit, first, second));
      case 5 ->
          master.writeCoil(unit, first, second != 0) == (second != 0) ? "ok" : "fault wrong echo";
      case 6 -> {
        master.writeSingleRegister(unit, first, new SimpleRegister(second));
        yield "ok";
      }
      case 15 -> {
        master.writeMultipleCoils(unit, first, vector(operation.values(1)));
        yield "ok";
      }
      case 16 -> {
        master.writeMultipleRegisters(unit, first, registers(operation.values(1)));
        yield "ok";
      }
      case 22 ->
          master.maskWriteRegister(unit, first, second, operation.argument(2))
              ? "ok"
              : "fault wrong echo";
      default -> execute(master, operation);
    };
  }

  /// What the master has no method for.
  private static String execute(AbstractModbusMaster master, Operation operation)
      throws ModbusException {
    ModbusTransaction transaction = master.getTransport().createTransaction();
    transaction.setRequest(J2modServices.request(operation));
    transaction.setRetries(0);
    transaction.execute();
    return J2modServices.reply(transaction.getResponse());
  }

  private static String bits(BitVector bits, int count) {
    return Operation.ok(IntStream.range(0, count).map(i -> bits.getBit(i) ? 1 : 0).toArray());
  }

  static String words(InputRegister[] registers) {
    return Operation.ok(Arrays.stream(registers).mapToInt(InputRegister::getValue).toArray());
  }

  private static BitVector vector(int[] values) {
    BitVector vector = new BitVector(values.length);
    for (int i = 0; i < values.length; i++) {
      vector.setBit(i, values[i] != 0);
    }
    return vector;
  }

  static Register[] registers(int[] values) {
    return Arrays.stream(values).mapToObj(SimpleRegister::new).toArray(Register[]::new);
  }
}
