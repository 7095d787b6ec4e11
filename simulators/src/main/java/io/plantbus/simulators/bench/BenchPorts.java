package io.plantbus.simulators.bench;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.StreamPort;

/// Where a bench is served: simulated media ([VirtualPorts]) or real endpoints. The bench asks on
/// the thread that starts it.
public interface BenchPorts {
  /// Who runs the server of a serial line.
  AgentRunner serialRunner(BenchLine.Serial line);

  /// How the slaves' end of a serial line is opened.
  LinkOpener serial(BenchLine.Serial line);

  /// Where TCP endpoints listen. The bench closes its listeners and leaves the port open.
  StreamPort streams();

  /// Who runs the physics.
  AgentRunner processRunner();
}
