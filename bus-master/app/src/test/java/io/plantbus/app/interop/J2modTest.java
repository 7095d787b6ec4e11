package io.plantbus.app.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ghgande.j2mod.modbus.facade.ModbusSerialMaster;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalOut;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import com.ghgande.j2mod.modbus.util.SerialParameters;
import io.plantbus.app.cli.CommandLineRun;
import io.plantbus.app.cli.RunningSimulation;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.linux.PseudoTerminal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class J2modTest {
  @TempDir private Path folder = Path.of("");

  private static SerialParameters serial(Path device) {
    return new SerialParameters(device.toString(), 19_200, 0, 0, 8, 1, 2 /* even */, false);
  }

  private static int[] values(Register[] registers) {
    return Arrays.stream(registers).mapToInt(Register::getValue).toArray();
  }

  @Test
  void theirMasterReadsOurSlaveOverTcp() throws Exception {
    try (RunningSimulation simulation = RunningSimulation.start(folder)) {
      ModbusTCPMaster master = new ModbusTCPMaster("127.0.0.1", simulation.port());
      master.connect();
      try {
        assertEquals(0x4020, master.readInputRegisters(1, 0, 2)[0].getValue());
      } finally {
        master.disconnect();
      }
    }
  }

  @Test
  void theirMasterReadsAndWritesOurSlaveOverAPseudoTerminal() throws Exception {
    try (RunningSimulation simulation = RunningSimulation.start(folder)) {
      ModbusSerialMaster master =
          new ModbusSerialMaster(serial(simulation.serialPath().toRealPath()), 2000);
      master.connect();
      try {
        master.writeSingleRegister(17, 102, new SimpleRegister(4711));
        assertArrayEquals(
            new int[] {0x41AC, 0, 4711, 8}, values(master.readMultipleRegisters(17, 100, 4)));
      } finally {
        master.disconnect();
      }
    }
  }

  @Test
  void ourMasterReadsAndWritesTheirSlaveOverTcp() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    ModbusSlave slave =
        ModbusSlaveFactory.createTCPSlave(InetAddress.getLoopbackAddress(), port, 2, false);
    slave.addProcessImage(5, image());
    slave.open();
    try {
      exercise("tcp://127.0.0.1:" + port);
    } finally {
      ModbusSlaveFactory.close(slave);
    }
  }

  @Test
  void ourMasterReadsAndWritesTheirSlaveOverTwoPseudoTerminals() throws Exception {
    try (PseudoTerminal ours =
            PseudoTerminal.open(SerialSettings.MODBUS_DEFAULT, NanoClock.system());
        PseudoTerminal theirs =
            PseudoTerminal.open(SerialSettings.MODBUS_DEFAULT, NanoClock.system());
        SerialBridge _ = SerialBridge.between(ours, theirs)) {
      ModbusSlave slave = ModbusSlaveFactory.createSerialSlave(serial(theirs.slavePath()));
      slave.addProcessImage(5, image());
      slave.open();
      try {
        exercise("rtu:" + ours.slavePath());
      } finally {
        ModbusSlaveFactory.close(slave);
      }
    }
  }

  private static SimpleProcessImage image() {
    SimpleProcessImage image = new SimpleProcessImage(5);
    image.addDigitalOut(new SimpleDigitalOut(false));
    image.addRegister(new SimpleRegister(0x41AC));
    image.addRegister(new SimpleRegister(0));
    return image;
  }

  private static void exercise(String endpoint) {
    CommandLineRun read =
        CommandLineRun.of("read", endpoint, "-a", "5", "40001", "--type", "float32");
    assertEquals("", read.err());
    assertTrue(read.out().contains(" 21.5 "), read.out());

    CommandLineRun written = CommandLineRun.of("write", endpoint, "-a", "5", "coil:0", "on");
    assertEquals(0, written.code(), written.err());
    assertTrue(CommandLineRun.of("read", endpoint, "-a", "5", "coil:0").out().contains(" true "));

    CommandLineRun beyond = CommandLineRun.of("read", endpoint, "-a", "5", "holding:50");
    assertEquals(1, beyond.code());
    assertTrue(beyond.err().contains("exception 02"), beyond.err());
  }
}
