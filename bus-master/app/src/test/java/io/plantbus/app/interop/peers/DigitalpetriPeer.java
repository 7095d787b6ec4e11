package io.plantbus.app.interop.peers;

import com.digitalpetri.modbus.client.ModbusClient;
import com.digitalpetri.modbus.client.ModbusRtuClient;
import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusException;
import com.digitalpetri.modbus.exceptions.ModbusExecutionException;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.MaskWriteRegisterRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadWriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import com.digitalpetri.modbus.serial.SerialPortTransportConfig;
import com.digitalpetri.modbus.serial.client.SerialPortClientTransport;
import com.digitalpetri.modbus.serial.server.SerialPortServerTransport;
import com.digitalpetri.modbus.server.ModbusRtuServer;
import com.digitalpetri.modbus.server.ModbusServer;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.client.NettyClientTransportConfig;
import com.digitalpetri.modbus.tcp.client.NettyRtuClientTransport;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import com.digitalpetri.modbus.tcp.server.NettyRtuServerTransport;
import com.digitalpetri.modbus.tcp.server.NettyServerTransportConfig;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import com.fazecast.jSerialComm.SerialPort;
import io.plantbus.app.interop.script.Bytes;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// digitalpetri/modbus, in this process.
final class DigitalpetriPeer implements Peer {
  @Override
  public String name() {
    return "digitalpetri/modbus";
  }

  @Override
  public String version() {
    return "2.1.4 (Maven `com.digitalpetri.modbus`)";
  }

  @Override
  public @Nullable String unavailable() {
    return null;
  }

  @Override
  public Role client() {
    Set<Transport> transports = EnumSet.of(Transport.TCP, Transport.RTU_OVER_TCP, Transport.TLS);
    transports.addAll(Transport.RTU);
    return new Role(transports, Programs.DATA_ACCESS);
  }

  @Override
  public Role server() {
    return client();
  }

  private static Consumer<SerialPortTransportConfig.Builder> line(Place place) {
    return line ->
        line.setSerialPort(place.device())
            .setBaudRate(place.transport().baud())
            .setParity(SerialPort.EVEN_PARITY);
  }

  private static UnsupportedOperationException missing(Place place) {
    return new UnsupportedOperationException("digitalpetri/modbus has no " + place.transport());
  }

  @Override
  public Server serve(Place place) throws Exception {
    Place served = place.transport().isSerial() ? place : place.withPort(FreePort.find());
    ModbusServer server = server(served);
    server.start();
    return new Serving(server, served);
  }

  private static ModbusServer server(Place place) throws GeneralSecurityException {
    ModbusServices services = new DigitalpetriServices();
    return switch (place.transport()) {
      case TCP, TLS -> ModbusTcpServer.create(new NettyTcpServerTransport(socket(place)), services);
      case RTU_OVER_TCP ->
          ModbusRtuServer.create(new NettyRtuServerTransport(socket(place)), services);
      case RTU_9600, RTU_19200, RTU_115200 ->
          ModbusRtuServer.create(SerialPortServerTransport.create(line(place)), services);
      case ASCII_19200, UDP -> throw missing(place);
    };
  }

  private static NettyServerTransportConfig socket(Place place) throws GeneralSecurityException {
    NettyServerTransportConfig.Builder config =
        new NettyServerTransportConfig.Builder().setBindAddress(Place.HOST).setPort(place.port());
    if (place.transport() == Transport.TLS) {
      Certificates.Managers managers = Certificates.managers(place.certificates(), "server");
      config
          .setTlsEnabled(true)
          .setKeyManagerFactory(managers.keys())
          .setTrustManagerFactory(managers.trust());
    }
    return config.build();
  }

  private record Serving(ModbusServer server, Place place) implements Server {
    @Override
    public void close() throws IOException {
      try {
        server.stop();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (Exception failure) {
        throw new IOException(failure);
      }
    }
  }

  private static ModbusClient client(Place place) throws GeneralSecurityException {
    return switch (place.transport()) {
      case TCP, TLS -> ModbusTcpClient.create(new NettyTcpClientTransport(peer(place)));
      case RTU_OVER_TCP -> ModbusRtuClient.create(new NettyRtuClientTransport(peer(place)));
      case RTU_9600, RTU_19200, RTU_115200 ->
          ModbusRtuClient.create(SerialPortClientTransport.create(line(place)));
      case ASCII_19200, UDP -> throw missing(place);
    };
  }

  private static NettyClientTransportConfig peer(Place place) throws GeneralSecurityException {
    NettyClientTransportConfig.Builder config =
        new NettyClientTransportConfig.Builder()
            .setHostname(Place.HOST)
            .setPort(place.port())
            .setConnectTimeout(Duration.ofSeconds(5))
            .setConnectPersistent(false);
    if (place.transport() == Transport.TLS) {
      Certificates.Managers managers = Certificates.managers(place.certificates(), "client");
      config
          .setTlsEnabled(true)
          .setKeyManagerFactory(managers.keys())
          .setTrustManagerFactory(managers.trust());
    }
    return config.build();
  }

  @Override
  public List<String> run(Place place, List<Operation> operations) throws Exception {
    ModbusClient client = client(place);
    client.connect();
    try {
      List<String> replies = new ArrayList<>();
      for (Operation operation : operations) {
        replies.add(reply(client, operation));
      }
      return replies;
    } finally {
      client.disconnect();
    }
  }

  private static String reply(ModbusClient client, Operation operation) {
    try {
      return done(client, operation);
    } catch (ModbusResponseException refusal) {
      return Operation.exception(refusal.getExceptionCode());
    } catch (ModbusException failure) {
      return "fault " + failure;
    }
  }

  private static String done(ModbusClient client, Operation operation) throws ModbusException {
    int unit = Script.UNIT;
    int first = operation.argument(0);
    int second = operation.argument(1);
    return switch (operation.function()) {
      case 1 ->
          Operation.ok(
              Bytes.bits(
                  client.readCoils(unit, new ReadCoilsRequest(first, second)).coils(), second));
      case 2 ->
          Operation.ok(
              Bytes.bits(
                  client
                      .readDiscreteInputs(unit, new ReadDiscreteInputsRequest(first, second))
                      .inputs(),
                  second));
      case 3 ->
          registers(
              client
                  .readHoldingRegisters(unit, new ReadHoldingRegistersRequest(first, second))
                  .registers());
      case 4 ->
          registers(
              client
                  .readInputRegisters(unit, new ReadInputRegistersRequest(first, second))
                  .registers());
      case 23 ->
          registers(client.readWriteMultipleRegisters(unit, writeAndRead(operation)).registers());
      default -> {
        write(client, operation);
        yield "ok";
      }
    };
  }

  private static void write(ModbusClient client, Operation operation) throws ModbusException {
    int unit = Script.UNIT;
    int first = operation.argument(0);
    int second = operation.argument(1);
    int[] values = operation.values(1);
    switch (operation.function()) {
      case 5 -> client.writeSingleCoil(unit, new WriteSingleCoilRequest(first, second != 0));
      case 6 -> client.writeSingleRegister(unit, new WriteSingleRegisterRequest(first, second));
      case 15 ->
          client.writeMultipleCoils(
              unit, new WriteMultipleCoilsRequest(first, values.length, Bytes.ofBits(values)));
      case 16 ->
          client.writeMultipleRegisters(
              unit,
              new WriteMultipleRegistersRequest(first, values.length, Bytes.ofRegisters(values)));
      case 22 ->
          client.maskWriteRegister(
              unit, new MaskWriteRegisterRequest(first, second, operation.argument(2)));
      default -> throw new ModbusExecutionException("no function " + operation.function());
    }
  }

  private static ReadWriteMultipleRegistersRequest writeAndRead(Operation operation) {
    int[] values = operation.values(3);
    return new ReadWriteMultipleRegistersRequest(
        operation.argument(0),
        operation.argument(1),
        operation.argument(2),
        values.length,
        Bytes.ofRegisters(values));
  }

  private static String registers(byte[] bytes) {
    return Operation.ok(Bytes.registers(bytes));
  }
}
