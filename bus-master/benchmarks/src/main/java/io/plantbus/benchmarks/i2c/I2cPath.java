package io.plantbus.benchmarks.i2c;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import com.sun.management.ThreadMXBean;
import io.plantbus.benchmarks.measure.Machine;
import io.plantbus.benchmarks.measure.NativeCode;
import io.plantbus.benchmarks.measure.Rounds;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.hal.linux.LinuxI2cBus;
import io.plantbus.hal.pi4j.I2cBusProvider;
import io.plantbus.hal.pi4j.Pi4jI2cBus;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What the way to an I2C bus costs, beside the same calls from C: a register pointer written and
/// two bytes read in one transfer, over a library that stands in for the C library and whose
/// adapter answers at once. On a real bus of 400 kHz such a transfer takes 120 µs on the wire.
///
/// Pi4J's own providers call the kernel past that library and run on ARM only, so what is measured
/// of Pi4J is Pi4J's own device over our bus, and our bus over that.
///
/// ```
/// java --enable-native-access=ALL-UNNAMED -cp 'bus-master/benchmarks/target/lib/*' \
///   io.plantbus.benchmarks.i2c.I2cPath [rounds]
/// ```
@SuppressWarnings("restricted")
public final class I2cPath {
  private static final int TRANSFERS = 300_000;
  private static final int ADDRESS = 0x48;
  private static final byte[] POINTER = {3};

  private I2cPath() {}

  /// One way to the bus.
  private interface Way {
    void transfer(byte[] in) throws PortException;
  }

  /// Prints a Markdown table.
  ///
  /// @param args how many rounds, 7 unless given
  public static void main(String[] args) throws Throwable {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
    Machine.print();
    Path library =
        new NativeCode().compile(I2cPath.class, "bus.c", "-shared", "-fPIC", "-Wl,-Bsymbolic");
    if (library == null) {
      return;
    }
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.ofAuto());
    MethodHandle floor =
        Linker.nativeLinker()
            .downcallHandle(
                symbols.findOrThrow("bus_floor"),
                FunctionDescriptor.of(ValueLayout.JAVA_DOUBLE, ValueLayout.JAVA_INT));
    Path device = Path.of("/dev/i2c-1");
    LinuxI2cBus bus = LinuxI2cBus.open(device, symbols);
    Context context =
        Pi4J.newContextBuilder()
            .noAutoDetect()
            .add(new I2cBusProvider(Map.of(1, LinuxI2cBus.open(device, symbols))))
            .build();
    I2C pi4j = context.create(I2C.newConfigBuilder(context).bus(1).device(ADDRESS).build());
    I2cBus wrapped = Pi4jI2cBus.opener(context, 1).open();
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("Plantbus, `linux`", in -> transfer(bus, in));
    ways.put("a Pi4J device over it", in -> pi4j.readRegister(POINTER, in));
    ways.put("Plantbus, `pi4j`, over that", in -> transfer(wrapped, in));
    Map<String, Rounds> nanos = new LinkedHashMap<>();
    Map<String, Rounds> bytes = new LinkedHashMap<>();
    for (int round = -2; round < rounds; round++) {
      double bare = (double) floor.invokeExact(TRANSFERS);
      if (round >= 0) {
        nanos.computeIfAbsent("the calls from C", _ -> new Rounds()).add(bare);
        bytes.computeIfAbsent("the calls from C", _ -> new Rounds()).add(0);
      }
      for (Map.Entry<String, Way> way : ways.entrySet()) {
        long allocated = allocatedBytes();
        double took = nanosEach(way.getValue());
        if (round >= 0) {
          nanos.computeIfAbsent(way.getKey(), _ -> new Rounds()).add(took);
          bytes
              .computeIfAbsent(way.getKey(), _ -> new Rounds())
              .add((allocatedBytes() - allocated) / (double) TRANSFERS);
        }
      }
    }
    System.out.println("| way | ns a transfer | spread | transfers/s | bytes allocated |");
    System.out.println("|---|---:|---:|---:|---:|");
    nanos.forEach(
        (name, figures) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %s | %,.0f | %.0f |%n",
                name,
                figures.text(),
                1e9 / figures.median(),
                bytes.getOrDefault(name, new Rounds()).median()));
    context.shutdown();
  }

  private static void transfer(I2cBus bus, byte[] in) throws PortException {
    if (bus.transfer(I2cAddress.of(ADDRESS), POINTER, in) != I2cOutcome.COMPLETED) {
      throw new IllegalStateException("not completed");
    }
  }

  private static double nanosEach(Way way) throws PortException {
    byte[] in = new byte[2];
    long start = System.nanoTime();
    for (int i = 0; i < TRANSFERS; i++) {
      way.transfer(in);
    }
    return (System.nanoTime() - start) / (double) TRANSFERS;
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
