package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndToEndTest {
  @Test
  void aSerialLineIsPolledAndWritten() {
    Bench bench = new Bench();
    var bank = bench.slave(7, new AddressRange(0, 100));
    bank.setRegister(DataTable.HOLDING_REGISTERS, 3, 1234);
    bench.serveRtu();
    bench
        .line(Plants.rtu("rs485"))
        .device(Plants.modbus("pump", "rs485", 7, Plants.holding("speed", 3, 100 * MS)))
        .start();
    bench.run(SECOND);
    assertEquals(TagValue.of(1234), bench.sample("speed").value());
    assertEquals(Quality.GOOD, bench.sample("speed").quality());

    bench.write(new WriteCommand("speed", TagValue.of(55), "test", SECOND));
    bench.run(SECOND / 20);
    assertEquals(55, bank.register(DataTable.HOLDING_REGISTERS, 3));
    assertEquals(List.of("1023 speed Acknowledged[]"), bench.outcomes);
    assertEquals(TagValue.of(55), bench.sample("speed").value());
    assertTrue(bench.report("rs485").connected());
  }

  @Test
  void aConnectionIsPolledAndWritten() {
    Bench bench = new Bench();
    var bank = bench.slave(17, new AddressRange(0, 100));
    bench.serveTcp();
    bench
        .line(Plants.tcp("net", 4))
        .device(Plants.modbus("plc", "net", 17, Plants.coil("run", 9, 100 * MS)))
        .start();
    bench.run(SECOND);
    assertEquals(TagValue.of(false), bench.sample("run").value());
    bench.write(new WriteCommand("run", TagValue.of(true), "test", SECOND));
    bench.run(10 * MS);
    assertTrue(bank.bit(DataTable.COILS, 9));
    assertEquals(TagValue.of(true), bench.sample("run").value());
  }
}
