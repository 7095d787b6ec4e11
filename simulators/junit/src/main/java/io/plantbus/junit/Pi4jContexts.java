package io.plantbus.junit;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.PortException;
import io.plantbus.hal.pi4j.I2cBusProvider;
import java.util.HashMap;
import java.util.Map;

/// Contexts of Pi4J whose I2C buses are those of a bench. Loaded only where a test asks for one,
/// for Pi4J need not be there.
final class Pi4jContexts {
  private Pi4jContexts() {}

  /// Opens a context, which ends with the bench.
  static Context open(BenchRun run) {
    Map<Integer, I2cBus> buses = new HashMap<>();
    for (I2cEndpoint bus : run.handle().buses()) {
      try {
        buses.put(bus.number(), bus.open());
      } catch (PortException failure) {
        throw new ConfigurationMistake("no Pi4J context: " + failure.getMessage());
      }
    }
    Context context =
        Pi4J.newContextBuilder().noAutoDetect().add(new I2cBusProvider(buses)).build();
    run.whenClosed(context::shutdown);
    return context;
  }
}
