package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.i2c.Sht31Driver;
import io.plantbus.devices.profile.DeviceResource.Access;
import io.plantbus.devices.profile.Point;
import io.plantbus.hal.I2cAddress;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.simulators.chip.Sht31Chip;
import org.junit.jupiter.api.Test;

class I2cTest {
  private final Bench bench = new Bench();
  private final SlowChip one = new SlowChip(0x40, 50 * MS);
  private final SlowChip two = new SlowChip(0x41, 50 * MS);

  static TagSpec tag(String name) {
    return Plants.of(
        name,
        Plants.resource(
            name, new Point.I2cChannel("slow", "value", 1, 0), Access.READ_WRITE, null, null),
        100 * MS,
        null);
  }

  private void start() {
    bench.i2c.attach(I2cAddress.of(0x40), "one", one);
    bench.i2c.attach(I2cAddress.of(0x41), "two", two);
    bench
        .line(Plants.i2c("i2c"))
        .device(Plants.i2cDevice("one", "i2c", 0x40, tag("a")), one)
        .device(Plants.i2cDevice("two", "i2c", 0x41, tag("b")), two)
        .start();
  }

  @Test
  void oneDeviceMeasuresWhileTheOtherHasItsTurn() {
    start();
    bench.run(990 * MS);
    assertEquals(10, one.started.size());
    assertEquals(10, two.started.size());
    assertTrue(two.started.getFirst() - one.started.getFirst() < MS, "the bus is free meanwhile");
    assertEquals(TagValue.of(1), bench.sample("b").value());
    assertEquals(Health.UP, bench.health("two").health());
    assertTrue(bench.report("i2c").utilisation() > 0);
    assertTrue(bench.report("i2c").utilisation() < 0.05);
  }

  @Test
  void aDeviceThatDoesNotAcknowledgeIsProbedSeldomAndInitialisedWhenItIsBack() {
    start();
    bench.run(SECOND);
    bench.faults.unplug("two");
    int before = two.started.size();
    int resets = two.resets;
    bench.run(10 * SECOND);
    assertEquals(Health.DOWN, bench.health("two").health());
    assertEquals("no acknowledge from 0x41", bench.health("two").reason());
    assertEquals(Quality.BAD_NO_COMMUNICATION, bench.sample("b").quality());
    assertTrue(two.started.size() - before <= 6, "probes are rare");
    assertTrue(two.resets > resets);
    assertEquals(110, one.started.size(), 1);
    bench.faults.replug("two");
    bench.run(9 * SECOND);
    assertEquals(Quality.GOOD, bench.sample("b").quality());
  }

  @Test
  void aWriteIsAcknowledgedAndReadBack() {
    start();
    bench.run(SECOND);
    bench.write(new WriteCommand("a", TagValue.of(42), "test", SECOND));
    bench.run(51 * MS);
    assertTrue(bench.outcomes.getFirst().contains("Acknowledged"), bench.outcomes.toString());
    assertEquals(42, one.register);
    bench.run(51 * MS);
    assertEquals(TagValue.of(42), bench.sample("a").value());
  }

  @Test
  void aWriteThatIsNotAcknowledgedIsUnknown() {
    start();
    bench.run(SECOND);
    bench.faults.unplug("one");
    bench.write(new WriteCommand("a", TagValue.of(42), "test", SECOND));
    bench.run(SECOND);
    assertTrue(bench.outcomes.getFirst().contains("Unknown[reason=no acknowledge from 0x40]"));
  }

  @Test
  void aBusThatIsGoneIsOpenedAgain() {
    start();
    bench.run(SECOND);
    bench.i2c.setUnplugged(true);
    bench.run(SECOND);
    assertFalse(bench.report("i2c").connected());
    assertEquals(Quality.BAD_NO_COMMUNICATION, bench.sample("a").quality());
    bench.i2c.setUnplugged(false);
    bench.run(6 * SECOND);
    assertTrue(bench.report("i2c").connected());
    assertEquals(Quality.GOOD, bench.sample("a").quality());
  }

  @Test
  void aBugOfOneLineIsToldAndHurtsNoOther() {
    bench.slave(1, new AddressRange(0, 10));
    bench.serveRtu();
    bench
        .line(Plants.rtu("rs485"))
        .device(Plants.modbus("plc", "rs485", 1, Plants.holding("t", 0, 100 * MS)));
    start();
    bench.run(SECOND);
    one.buggy = true;
    assertThrows(IllegalStateException.class, () -> bench.run(SECOND));
    bench.run(SECOND);
    assertEquals(Quality.GOOD, bench.sample("t").quality());
    assertEquals(Quality.BAD_NO_COMMUNICATION, bench.sample("b").quality());
    assertTrue(bench.report("i2c").trouble().contains("internal error"));
    assertFalse(bench.report("i2c").connected());
    bench.write(new WriteCommand("a", TagValue.of(42), "test", SECOND));
    assertTrue(bench.outcomes.getFirst().contains("internal error"), bench.outcomes.toString());
  }

  @Test
  void aRealDriverMeasuresASimulatedChip() {
    Sht31Chip chip = new Sht31Chip();
    chip.sense(Sht31Driver.TEMPERATURE, 21.5);
    bench.i2c.attach(I2cAddress.of(0x44), "sht31", chip);
    TagSpec temperature =
        Plants.of(
            "temperature",
            Plants.resource(
                "temperature",
                new Point.I2cChannel("sht31", Sht31Driver.TEMPERATURE, 1, 0),
                Access.READ,
                null,
                null),
            100 * MS,
            null);
    bench.device(
        Plants.i2cDevice("cabinet", "i2c", 0x44, temperature),
        new Sht31Driver(I2cAddress.of(0x44)));
    start();
    bench.run(SECOND);
    TagValue value = bench.sample("temperature").value();
    assertTrue(value != null && Math.abs(value.asDouble() - 21.5) < 0.01, value + " °C");
    assertEquals(Quality.GOOD, bench.sample("temperature").quality());
  }
}
