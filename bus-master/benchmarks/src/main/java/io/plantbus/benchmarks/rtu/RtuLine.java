package io.plantbus.benchmarks.rtu;

import io.plantbus.benchmarks.measure.Machine;
import io.plantbus.benchmarks.measure.NativeCode;
import io.plantbus.benchmarks.measure.Rounds;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.linux.LinuxSerialPorts;
import io.plantbus.hal.serial.SerialPorts;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Masters of a serial line beside each other and beside a bare loop in C, over a pseudo terminal,
/// against one slave in C that also measures how long each is silent before its requests.
///
/// ```
/// java --enable-native-access=ALL-UNNAMED -cp 'bus-master/benchmarks/target/lib/*' \
///   io.plantbus.benchmarks.rtu.RtuLine [rounds]
/// ```
public final class RtuLine {
  private static final int COUNT = 10;
  private static final int FRAME_BYTES = 8 + 5 + 2 * COUNT;
  private static final int BITS_PER_CHARACTER = 11;
  private static final long MILLIS = 700;
  private static final long PACED_MILLIS = 1_000;
  private static final int PACED_ROUNDS = 3;

  private final NativeSlave slave;
  private final Map<String, Master> masters = new LinkedHashMap<>();

  private RtuLine(NativeCode code, Path program) throws IOException, InterruptedException {
    slave = new NativeSlave(program);
    masters.put(
        "bare loop in C",
        new OtherProgram(List.of(program.toString(), "master"), RtuLine::silenceNanos));
    masters.put(
        "Plantbus, `linux`", new PlantbusMaster(new LinuxSerialPorts(NanoClock.system())::opener));
    masters.put(
        "Plantbus, `jserialcomm`",
        new PlantbusMaster(new SerialPorts(NanoClock.system(), _ -> null)::opener));
    Path libmodbus = code.compile(RtuLine.class, "libmodbus.c", "-lmodbus");
    if (libmodbus != null) {
      masters.put("libmodbus", new OtherProgram(List.of(libmodbus.toString()), RtuLine::known));
    }
    masters.put("j2mod", new J2modMaster());
    masters.put("digitalpetri", new DigitalpetriMaster());
    Path script = code.resource(RtuLine.class, "pymodbus_master.py");
    masters.put(
        "pymodbus",
        new OtherProgram(List.of("/usr/bin/python3", script.toString()), RtuLine::known));
  }

  /// Prints three Markdown tables.
  ///
  /// @param args how many rounds, 5 unless given
  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    Machine.print();
    NativeCode code = new NativeCode();
    Path program = code.compile(RtuLine.class, "rtu.c");
    if (program == null) {
      return;
    }
    RtuLine run = new RtuLine(code, program);
    try (NativeSlave _ = run.slave) {
      run.compare("As fast as it goes", 0, 0, rounds, MILLIS);
      run.compare("With the silence of 19200 baud", 19_200, 0, rounds, MILLIS);
      for (int baud : new int[] {9_600, 19_200, 115_200}) {
        run.compare("A wire of " + baud + " baud", baud, baud, PACED_ROUNDS, PACED_MILLIS);
      }
    }
  }

  private static long silenceNanos(int baud) {
    return baud == 0 ? 0 : new RtuTiming(baud, BITS_PER_CHARACTER).interFrameNanos();
  }

  /// A speed that every library takes.
  private static long known(int baud) {
    return baud == 0 ? 115_200 : baud;
  }

  private void compare(String title, int baud, int pace, int rounds, long millis)
      throws IOException {
    slave.pace(pace);
    Map<String, Rounds> speeds = new LinkedHashMap<>();
    Map<String, Rounds> silences = new LinkedHashMap<>();
    List<String> absent = new ArrayList<>();
    for (int round = -1; round < rounds; round++) {
      for (Map.Entry<String, Master> entry : masters.entrySet()) {
        String name = entry.getKey();
        if (absent.contains(name)) {
          continue;
        }
        try {
          double perSecond = entry.getValue().perSecond(slave.device(), COUNT, millis, baud);
          NativeSlave.Silence silence = slave.count();
          if (round >= 0) {
            speeds.computeIfAbsent(name, _ -> new Rounds()).add(perSecond);
            silences.computeIfAbsent(name, _ -> new Rounds()).add(silence.medianNanos() / 1e3);
          }
        } catch (Exception missing) {
          System.out.println(name + " is left out: " + missing.getMessage());
          absent.add(name);
        }
      }
    }
    print(title, baud, pace, speeds, silences);
  }

  private static void print(
      String title, int baud, int pace, Map<String, Rounds> speeds, Map<String, Rounds> silences) {
    long character = pace == 0 ? 0 : new RtuTiming(pace, BITS_PER_CHARACTER).characterNanos();
    double ceiling = pace == 0 ? 0 : 1e9 / (FRAME_BYTES * character + silenceNanos(baud));
    @Nullable Rounds bare = speeds.get("bare loop in C");
    double floor = ceiling > 0 ? ceiling : Objects.requireNonNull(bare).median();
    System.out.printf(
        Locale.ROOT,
        "%n%s, FC 3 × %d%s:%n%n",
        title,
        COUNT,
        baud == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; silence %,.0f µs%s",
                silenceNanos(baud) / 1e3,
                ceiling == 0 ? "" : String.format(Locale.ROOT, ", at most %.1f/s", ceiling)));
    System.out.printf(
        "| master | transactions/s | spread | of %s | silence kept, µs |%n",
        ceiling > 0 ? "the ceiling" : "the bare loop");
    System.out.println("|---|---:|---:|---:|---:|");
    speeds.forEach(
        (name, rounds) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %,.1f | %.0f %% | %.2f | %,.0f |%n",
                name,
                rounds.median(),
                rounds.spreadPercent(),
                rounds.median() / floor,
                Objects.requireNonNull(silences.get(name)).median()));
  }
}
