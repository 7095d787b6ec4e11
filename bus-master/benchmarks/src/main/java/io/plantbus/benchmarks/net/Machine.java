package io.plantbus.benchmarks.net;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.security.CodeSource;
import org.apache.plc4x.java.modbus.tcp.ModbusTcpDriver;

/// Where a run happened, and what ran.
final class Machine {
  private Machine() {}

  /// A paragraph.
  static String describe() throws IOException, InterruptedException {
    return "%d processors (%s), %s, Linux %s, Java %s, %s; %s, %s, %s, libmodbus %s, pymodbus %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            io.plantbus.benchmarks.measure.Machine.processor(),
            System.getProperty("os.arch"),
            System.getProperty("os.version"),
            Runtime.version(),
            jar(Epoll.class),
            jar(ModbusTcpClient.class),
            jar(ModbusTCPMaster.class),
            jar(ModbusTcpDriver.class),
            Programs.firstLine("pkg-config", "--modversion", "libmodbus"),
            Programs.firstLine(
                "/usr/bin/python3", "-c", "import pymodbus; print(pymodbus.__version__)"));
  }

  private static String jar(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    String place = source == null ? "?" : source.getLocation().getPath();
    return place.substring(place.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
  }
}
