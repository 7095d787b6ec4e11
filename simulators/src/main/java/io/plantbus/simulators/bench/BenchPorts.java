package io.plantbus.simulators.bench;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramPort;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.PortException;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.TlsFiles;
import io.plantbus.simulators.fault.FaultPlan;
import io.plantbus.simulators.i2c.I2cTarget;
import org.jspecify.annotations.Nullable;

/// Where a bench is served: simulated media ([VirtualPorts]) or real endpoints. The bench asks on
/// the thread that starts it.
public interface BenchPorts {
  /// Who runs the server of a serial line.
  AgentRunner serialRunner(BenchLine.Serial line);

  /// The simulated pair that a serial line is, or null for a real one, whose wire has no faults.
  default @Nullable SimulatedPair pair(BenchLine.Serial line) {
    return null;
  }

  /// How the slaves' end of a serial line is opened.
  LinkOpener serial(BenchLine.Serial line);

  /// Where TCP endpoints listen. The bench closes its listeners and leaves the port open.
  ///
  /// @param tls with what they are secured, or null; simulated media secure nothing
  /// @throws PortException if a file is missing or of no use
  StreamPort streams(@Nullable TlsFiles tls) throws PortException;

  /// Whether these ports can refuse connections by plan, as real ones cannot.
  default boolean canRefuse() {
    return false;
  }

  /// A TCP line listens: ports on which connecting itself can fail go by the plan from now on.
  default void listens(String line, int port, FaultPlan plan) {}

  /// Where UDP endpoints listen. The bench closes its listeners and leaves the port open.
  DatagramPort datagrams();

  /// What is soldered to an I2C bus in place of a chip: the chip itself, unless somebody looks on
  /// or has it live by another time.
  ///
  /// @param name of the target
  default I2cTarget soldered(String name, I2cTarget chip) {
    return chip;
  }

  /// Who runs the physics.
  AgentRunner processRunner();
}
