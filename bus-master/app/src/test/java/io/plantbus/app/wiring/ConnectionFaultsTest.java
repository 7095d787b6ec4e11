package io.plantbus.app.wiring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.BenchProcess;
import io.plantbus.simulators.bench.Origins;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Faults of connections, seen by a client of the machine's own sockets.
@Timeout(60)
class ConnectionFaultsTest {
  private static final int PATIENCE_MILLIS = 20_000;

  /// How long nothing comes where nothing may come.
  private static final int SILENCE_MILLIS = 150;

  private static final byte[] REQUEST = {0, 9, 0, 0, 0, 6, 1, 3, 0, 0, 0, 2};
  private static final byte[] ANSWER = {0, 9, 0, 0, 0, 7, 1, 3, 4, 0x12, 0x34, 0x56, 0x78};

  @TempDir private Path folder = Path.of("");
  private final Adapters adapters = new Adapters(NanoClock.system());
  private final BenchLine.Tcp line =
      new BenchLine.Tcp(
          "plc",
          "127.0.0.1",
          0,
          List.of(
              new BenchLine.Unit(
                  "slave",
                  UnitId.of(1),
                  new BenchLine.Content.Tables(
                      List.of(
                          new RawTable(
                              DataTable.HOLDING_REGISTERS,
                              new AddressRange(0, 2),
                              List.of(0x1234, 0x5678)))),
                  0)));

  private ServedBench serve(Fault... faults) throws PortException {
    return ServedBench.start(
        new Bench("bench", 3, List.of(line), BenchProcess.NONE, List.of(faults), Origins.NONE),
        adapters,
        folder);
  }

  private Socket connect(ServedBench served) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port(line));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static byte[] ask(Socket socket) throws IOException {
    socket.getOutputStream().write(REQUEST);
    return socket.getInputStream().readNBytes(ANSWER.length);
  }

  private static void staysSilent(Socket socket) throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  @AfterEach
  void close() {
    adapters.close();
  }

  @Test
  void aResetIsOneAndComesBeforeTheEndOfTheAnswer() throws Exception {
    try (ServedBench served = serve(Fault.always("plc", FaultKind.RESET));
        Socket socket = connect(served)) {
      assertThrows(SocketException.class, () -> ask(socket));
      served.running().faults().clear("plc");
      try (Socket next = connect(served)) {
        assertArrayEquals(ANSWER, ask(next));
      }
    }
  }

  @Test
  void aHalfOpenConnectionTakesEverythingAndIsResetOnceItsPeerIsBack() throws Exception {
    try (ServedBench served = serve(Fault.always("plc", FaultKind.HALF_OPEN));
        Socket socket = connect(served)) {
      socket.getOutputStream().write(REQUEST);
      staysSilent(socket);
      socket.getOutputStream().write(REQUEST);
      staysSilent(socket);
      served.running().faults().clear("plc");
      socket.getOutputStream().write(REQUEST);
      assertThrows(SocketException.class, () -> socket.getInputStream().read());
    }
  }

  @Test
  void aBlackHoleBringsTheAnswerWhenItIsOver() throws Exception {
    try (ServedBench served = serve(Fault.always("plc", FaultKind.BLACK_HOLE));
        Socket socket = connect(served)) {
      socket.getOutputStream().write(REQUEST);
      staysSilent(socket);
      served.running().faults().clear("plc");
      assertArrayEquals(ANSWER, socket.getInputStream().readNBytes(ANSWER.length));
    }
  }

  @Test
  void slowReadersAndSplitAnswersStillGiveWholeAnswers() throws Exception {
    try (ServedBench served =
            serve(
                Fault.always("plc", FaultKind.SLOW_READER).delayedBy(1_000_000),
                Fault.always("plc", FaultKind.SPLIT));
        Socket socket = connect(served)) {
      assertArrayEquals(ANSWER, ask(socket));
      assertArrayEquals(ANSWER, ask(socket));
    }
  }

  @Test
  void realPortsCannotRefuseAndSayThatAtTheStart() {
    PortException failure =
        assertThrows(PortException.class, () -> serve(Fault.always("plc", FaultKind.REFUSE)));
    assertEquals(PortFault.UNSUPPORTED_SETTINGS, failure.fault());
    assertTrue(failure.getMessage().contains("virtual time"), failure.getMessage());
  }
}
