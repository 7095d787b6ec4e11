package io.plantbus.simulators.bench;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.TlsFiles;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.simulators.twin.TwinRecording;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A line with its simulated slaves.
public sealed interface BenchLine {
  /// Unique in its bench.
  String name();

  /// The names of the slaves on it.
  List<String> slaves();

  /// A serial line.
  ///
  /// @param name unique in its bench
  /// @param endpoint where it is served, such as the name of a pseudo terminal's link
  /// @param framing how frames stand on it
  /// @param strictGaps whether a gap longer than T1.5 spoils a frame (SL 2.5.1.1); only with RTU
  /// @param settings speed and character format
  /// @param wire what is between its endpoint and the slaves
  /// @param units unit ids unique
  record Serial(
      String name,
      String endpoint,
      SerialFraming framing,
      boolean strictGaps,
      SerialSettings settings,
      Wire wire,
      List<Unit> units)
      implements BenchLine {
    public Serial {
      units = List.copyOf(units);
      UnitWiring.requireSameFunctions(units);
      if (strictGaps && framing != SerialFraming.RTU) {
        throw new IllegalArgumentException("gaps of 1.5 characters are forbidden in RTU only");
      }
    }

    /// With whatever its endpoint is for a wire.
    public Serial(
        String name,
        String endpoint,
        SerialFraming framing,
        boolean strictGaps,
        SerialSettings settings,
        List<Unit> units) {
      this(name, endpoint, framing, strictGaps, settings, Wire.PLAIN, units);
    }

    /// With gaps of any length.
    public Serial(
        String name,
        String endpoint,
        SerialFraming framing,
        SerialSettings settings,
        List<Unit> units) {
      this(name, endpoint, framing, false, settings, units);
    }

    /// With Modbus RTU.
    public Serial(String name, String endpoint, SerialSettings settings, List<Unit> units) {
      this(name, endpoint, SerialFraming.RTU, settings, units);
    }

    @Override
    public List<String> slaves() {
      return units.stream().map(Unit::name).toList();
    }
  }

  /// What is between the endpoint of a serial line and its slaves, where that is a real one; in
  /// virtual time it is always a simulated pair.
  enum Wire {
    /// Nothing: bytes pass as fast as the endpoint takes them.
    PLAIN,
    /// A simulated pair in real time, on which the endpoint is one station: bytes take their time,
    /// and the faults of a wire work.
    PACED
  }

  /// A TCP endpoint.
  ///
  /// @param name unique in its bench
  /// @param listening where, and to whom
  /// @param framing how frames stand in its streams
  /// @param tls with what it is secured, or null; only Modbus TCP is. Simulated media carry it
  ///   without
  /// @param units unit ids unique
  record Tcp(
      String name,
      Listening listening,
      StreamFraming framing,
      @Nullable TlsFiles tls,
      List<Unit> units)
      implements BenchLine {
    public Tcp {
      units = List.copyOf(units);
      UnitWiring.requireSameFunctions(units);
      if (tls != null && framing != StreamFraming.MBAP) {
        throw new IllegalArgumentException("TLS carries frames of Modbus TCP only");
      }
    }

    /// Not secured, for everybody.
    public Tcp(String name, String host, int port, StreamFraming framing, List<Unit> units) {
      this(name, Listening.on(host, port), framing, null, units);
    }

    /// With Modbus TCP.
    public Tcp(String name, String host, int port, List<Unit> units) {
      this(name, host, port, StreamFraming.MBAP, units);
    }

    /// Local name or address that is listened on.
    public String host() {
      return listening.host();
    }

    /// The same, not secured.
    public Tcp withoutTls() {
      return new Tcp(name, listening, framing, null, units);
    }

    @Override
    public List<String> slaves() {
      return units.stream().map(Unit::name).toList();
    }
  }

  /// A UDP endpoint: a frame of Modbus TCP in each datagram.
  ///
  /// @param name unique in its bench
  /// @param listening where, and to whom
  /// @param units unit ids unique
  record Udp(String name, Listening listening, List<Unit> units) implements BenchLine {
    public Udp {
      units = List.copyOf(units);
      UnitWiring.requireSameFunctions(units);
    }

    /// For everybody.
    public Udp(String name, String host, int port, List<Unit> units) {
      this(name, Listening.on(host, port), units);
    }

    /// Local name or address that is listened on.
    public String host() {
      return listening.host();
    }

    @Override
    public List<String> slaves() {
      return units.stream().map(Unit::name).toList();
    }
  }

  /// An I2C bus.
  ///
  /// @param clockHertz SCL frequency
  /// @param targets addresses unique
  record I2c(String name, int clockHertz, List<Target> targets) implements BenchLine {
    public I2c {
      targets = List.copyOf(targets);
    }

    @Override
    public List<String> slaves() {
      return targets.stream().map(Target::name).toList();
    }
  }

  /// A Modbus slave.
  ///
  /// @param name unique in its bench
  /// @param content what it holds
  /// @param delayNanos from a request to its answer; with 0 a recorded slave takes its own time
  /// @param services what it answers besides its tables
  record Unit(String name, UnitId unit, Content content, long delayNanos, UnitServices services) {
    /// A slave with nothing but its content.
    public Unit(String name, UnitId unit, Content content, long delayNanos) {
      this(name, unit, content, delayNanos, UnitServices.NONE);
    }

    /// A slave of a profile that answers at once and holds what the profile says.
    public static Unit of(String name, UnitId unit, DeviceProfile profile) {
      return new Unit(name, unit, new Content.Profile(profile, Map.of()), 0);
    }
  }

  /// What a Modbus slave holds.
  sealed interface Content {
    /// The resources of a profile.
    ///
    /// @param initial by resource; the others hold what the profile says
    record Profile(DeviceProfile profile, Map<String, TagValue> initial) implements Content {
      public Profile {
        initial = Map.copyOf(initial);
      }
    }

    /// What was recorded of another slave.
    ///
    /// @param loop whether it begins anew at its end; else the last values stay
    record Replay(TwinRecording recording, boolean loop) implements Content {}

    /// Tables without further meaning.
    record Tables(List<RawTable> tables) implements Content {
      public Tables {
        tables = List.copyOf(tables);
      }
    }
  }

  /// An I2C slave.
  ///
  /// @param name unique in its bench
  /// @param profile of an I2C device
  /// @param initial by resource; the others hold what the profile says
  record Target(
      String name, I2cAddress address, DeviceProfile profile, Map<String, TagValue> initial) {
    public Target {
      initial = Map.copyOf(initial);
    }

    /// A slave that holds what its profile says.
    public static Target of(String name, I2cAddress address, DeviceProfile profile) {
      return new Target(name, address, profile, Map.of());
    }
  }
}
