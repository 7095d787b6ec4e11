package io.plantbus.app.soak;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.serial.Adapter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// The plant of a case: 32 devices on a pair at 19,200 baud, each asked for five registers every
/// second, every two or every five, as drawn, and for its outputs every ten; and four more on a
/// network.
///
/// @param mood what may go wrong in it
/// @param adapter through which everybody is on the pair
/// @param units the devices, by their numbers in the case; those that are taken out are missing
/// @param plant what the master runs
public record SoakPlant(Mood mood, Adapter adapter, List<Unit> units, Plant plant) {
  /// The line of 32.
  public static final String PAIR = "rs485";

  /// The line on the network.
  public static final String NETWORK = "net";

  /// The port of the network.
  public static final int PORT = 502;

  /// How the pair is set.
  public static final SerialSettings SETTINGS = SerialSettings.MODBUS_DEFAULT;

  /// The output of one register.
  public static final int OUTPUT_ADDRESS = 100;

  /// The output of two registers.
  public static final int WIDE_OUTPUT_ADDRESS = 101;

  /// Devices on the pair; those on the network come after them.
  public static final int ON_THE_PAIR = 32;

  /// All devices of a case.
  public static final int DEVICES = 36;

  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;
  private static final long[] PERIODS = {SECOND, 2 * SECOND, 5 * SECOND, 5 * SECOND};

  /// What may go wrong.
  public enum Mood {
    /// Nothing: every bound that was proven holds.
    CALM,
    /// Some devices are silent from beginning to end: what was proven of the others holds.
    SILENT,
    /// Anything.
    ROUGH
  }

  /// One device.
  ///
  /// @param number in the case
  /// @param name of the device and of its slave
  /// @param line its line
  /// @param unit its unit id
  /// @param base address of its five input registers
  /// @param turnaroundNanos how long it takes to answer
  public record Unit(
      int number, String name, String line, int unit, int base, long turnaroundNanos) {
    /// Whether it is on the pair.
    public boolean isSerial() {
      return line.equals(PAIR);
    }
  }

  /// Draws the plant of a seed.
  ///
  /// @param without devices that are taken out
  public static SoakPlant draw(Surroundings surroundings, BitSet without) {
    SplittableRandom random = surroundings.random("plant");
    int kind = random.nextInt(8);
    Mood mood = kind == 0 ? Mood.CALM : kind < 3 ? Mood.SILENT : Mood.ROUGH;
    long period = PERIODS[random.nextInt(PERIODS.length)];
    Adapter adapter = adapter(random.nextInt(8), mood);
    LineSpec pair =
        new LineSpec(
            PAIR,
            new Transport.Serial(
                "/dev/simulated",
                SerialFraming.RTU,
                SETTINGS,
                EchoMode.NONE,
                0,
                100 * MS,
                SerialDriver.AUTO),
            random.nextInt(200, 500) * MS,
            random.nextInt(3),
            100 * MS,
            5 * SECOND);
    LineSpec network =
        new LineSpec(
            NETWORK,
            new Transport.Tcp(
                "localhost", PORT, StreamFraming.MBAP, random.nextInt(1, 5), SECOND, null),
            random.nextInt(200, 500) * MS,
            random.nextInt(3),
            100 * MS,
            5 * SECOND);
    List<Unit> units = new ArrayList<>();
    List<DeviceSpec> devices = new ArrayList<>();
    for (int number = 0; number < DEVICES; number++) {
      if (!without.get(number)) {
        Unit unit = unit(surroundings.random("device/" + number), number);
        units.add(unit);
        devices.add(device(unit, period));
      }
    }
    return new SoakPlant(
        mood, adapter, units, new Plant("soak", List.of(pair, network), devices, List.of()));
  }

  /// Mostly whole bursts, which is the fastest; what is proven does not count on a queue in
  /// between.
  private static Adapter adapter(int draw, Mood mood) {
    return draw == 0
        ? Adapter.DIRECT
        : draw == 1 && mood == Mood.ROUGH ? Adapter.UART : Adapter.BURST;
  }

  private static Unit unit(SplittableRandom random, int number) {
    boolean serial = number < ON_THE_PAIR;
    return new Unit(
        number,
        "d" + number,
        serial ? PAIR : NETWORK,
        serial ? 1 + 7 * number : number,
        random.nextInt(90),
        random.nextLong(MS, 4 * MS));
  }

  private static DeviceSpec device(Unit unit, long period) {
    List<TagSpec> tags =
        List.of(
            input(unit, "a", 0, DataType.UINT16, period),
            input(unit, "b", 1, DataType.UINT32, period),
            input(unit, "c", 3, DataType.UINT16, period),
            input(unit, "d", 4, DataType.UINT16, period),
            output(unit, "out", OUTPUT_ADDRESS, DataType.UINT16),
            output(unit, "wide", WIDE_OUTPUT_ADDRESS, DataType.UINT32));
    DeviceProfile profile =
        new DeviceProfile(
            "soak",
            "",
            "",
            "",
            DeviceProfile.Bus.MODBUS,
            RequestLimits.SPECIFICATION,
            tags.stream().map(TagSpec::resource).toList());
    return new DeviceSpec(
        unit.name(),
        unit.line(),
        new DeviceSpec.Address.Modbus(UnitId.of(unit.unit())),
        profile,
        Map.of(),
        true,
        tags,
        unit.turnaroundNanos() + (unit.isSerial() ? 0 : MS));
  }

  private static TagSpec input(
      Unit unit, String name, int offset, DataType type, long periodNanos) {
    RegisterEncoding encoding = RegisterEncoding.of(type);
    return tag(
        unit,
        name,
        new Point.Modbus(
            DataTable.INPUT_REGISTERS,
            new AddressRange(unit.base() + offset, encoding.registers()),
            encoding),
        Access.READ,
        periodNanos);
  }

  private static TagSpec output(Unit unit, String name, int address, DataType type) {
    RegisterEncoding encoding = RegisterEncoding.of(type);
    return tag(
        unit,
        name,
        new Point.Modbus(
            DataTable.HOLDING_REGISTERS, new AddressRange(address, encoding.registers()), encoding),
        Access.READ_WRITE,
        10 * SECOND);
  }

  private static TagSpec tag(Unit unit, String name, Point point, Access access, long periodNanos) {
    return new TagSpec(
        unit.name() + "." + name,
        new DeviceResource(name, "", point, access, "", null, null, null),
        periodNanos,
        Priority.NORMAL,
        3 * periodNanos,
        null);
  }

  /// The tags of a device.
  public List<TagSpec> tagsOf(Unit unit) {
    for (DeviceSpec device : plant.devices()) {
      if (device.name().equals(unit.name())) {
        return device.tags();
      }
    }
    return List.of();
  }

  /// The longest that the master waits for an answer of that device.
  public long timeoutNanos(Unit unit) {
    return plant.lines().get(unit.isSerial() ? 0 : 1).responseTimeoutNanos();
  }

  /// How long an answer may be on its way up beside that: its request and itself on the wire.
  public long longestAnswerNanos(Unit unit) {
    return unit.isSerial() ? 40 * SETTINGS.characterNanos() : 10 * MS;
  }
}
