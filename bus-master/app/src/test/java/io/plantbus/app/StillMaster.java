package io.plantbus.app;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.BusMaster;
import io.plantbus.master.alarm.AlarmBoard;
import io.plantbus.master.change.PlantChange;
import io.plantbus.master.image.ProcessImage;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteIntent;
import io.plantbus.master.write.WriteListener;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.master.write.WriteStep;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A master that stands still: a test sets its samples and reports, and ends its writes.
public final class StillMaster implements BusMaster {
  /// Samples by tag.
  public final Map<String, TagSample> samples = new HashMap<>();

  /// Commands written so far.
  public final List<WriteCommand> commands = new ArrayList<>();

  /// How to end the writes, in the order of `commands`.
  public final List<Consumer<WriteOutcome>> outcomes = new ArrayList<>();

  /// What `devices` gives.
  public final List<DeviceReport> devices = new ArrayList<>();

  /// What `lines` gives.
  public final List<LineReport> lines = new ArrayList<>();

  private final Plant plant;

  /// A plant with the device `tank`: `level` in m (0..4), `pump` as a state, `count`; all read and
  /// written.
  public StillMaster() {
    List<TagSpec> tags =
        List.of(
            tag("level", DataTable.HOLDING_REGISTERS, 0, DataType.FLOAT32, "m", 4.0),
            tag("pump", DataTable.COILS, 0, DataType.BOOL, "", null),
            tag("count", DataTable.HOLDING_REGISTERS, 2, DataType.UINT16, "", null));
    DeviceProfile profile =
        new DeviceProfile(
            "tank",
            "",
            "",
            "",
            DeviceProfile.Bus.MODBUS,
            RequestLimits.SPECIFICATION,
            tags.stream().map(TagSpec::resource).toList());
    DeviceSpec device =
        new DeviceSpec(
            "tank",
            "rs485",
            new DeviceSpec.Address.Modbus(UnitId.of(1)),
            profile,
            Map.of(),
            true,
            tags);
    LineSpec line =
        new LineSpec(
            "rs485",
            new LineSpec.Transport.Serial(
                "/dev/none",
                SerialFraming.RTU,
                SerialSettings.MODBUS_DEFAULT,
                EchoMode.NONE,
                0,
                0,
                SerialDriver.AUTO),
            500_000_000L,
            1,
            100_000_000L,
            1_000_000_000L);
    LoopSpec loop =
        new LoopSpec.Hysteresis(
            "fill",
            "tank.level",
            "tank.pump",
            1.2,
            2.0,
            TagValue.of(true),
            TagValue.of(false),
            TagValue.of(false),
            250_000_000L);
    this.plant = new Plant("test", List.of(line), List.of(device), List.of(loop));
  }

  private static TagSpec tag(
      String name,
      DataTable table,
      int address,
      DataType type,
      String unit,
      @Nullable Double most) {
    RegisterEncoding encoding = RegisterEncoding.of(type);
    DeviceResource resource =
        new DeviceResource(
            name,
            "",
            new Point.Modbus(
                table,
                new AddressRange(address, table.isBits() ? 1 : encoding.registers()),
                encoding),
            DeviceResource.Access.READ_WRITE,
            unit,
            most == null ? null : 0.0,
            most,
            null);
    return new TagSpec(
        "tank." + name, resource, 500_000_000L, TagSpec.Priority.NORMAL, 2_000_000_000L, null);
  }

  /// Sets a good sample, arrived at monotonic time 0.
  public void good(String tag, TagValue value) {
    samples.put(tag, new TagSample(value, Quality.GOOD, 0, 0, ""));
  }

  @Override
  public AlarmBoard alarms() {
    return new AlarmBoard(image(), NanoClock.system());
  }

  @Override
  public Plant plant() {
    return plant;
  }

  @Override
  public ProcessImage image() {
    return new ProcessImage() {
      @Override
      public void onSample(io.plantbus.master.image.SampleListener listener) {}

      @Override
      public List<TagSpec> tags() {
        return plant.tags();
      }

      @Override
      public @Nullable TagSample sample(String tag, long nowNanos) {
        return plant.tag(tag) == null ? null : samples.getOrDefault(tag, TagSample.INITIAL);
      }
    };
  }

  @Override
  public List<LineReport> lines() {
    return lines;
  }

  @Override
  public List<DeviceReport> devices() {
    return devices;
  }

  @Override
  public long follow(WriteCommand command, WriteListener listener) {
    commands.add(command);
    long id = commands.size();
    WriteIntent intent = new WriteIntent(id, command, "", "", "", "", null, 0, 0);
    outcomes.add(
        answer ->
            listener.stepped(
                intent,
                new WriteStep(id, answer.state(), true, 0, 0, answer, null, answer.reason())));
    return id;
  }

  @Override
  public List<String> stop(long safeStateNanos) {
    return List.of();
  }

  @Override
  public PlantChange apply(Plant next) {
    throw new UnsupportedOperationException("it stands still");
  }
}
