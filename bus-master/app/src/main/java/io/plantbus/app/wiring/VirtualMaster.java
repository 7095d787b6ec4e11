package io.plantbus.app.wiring;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.BusMaster;
import io.plantbus.master.MasterPorts;
import io.plantbus.master.RunningMaster;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A master on a bench in virtual time, whose power may be cut. Belongs to the thread of the
/// simulation.
public final class VirtualMaster {
  private final Plant plant;
  private final Bench bench;
  private final VirtualPlantPorts ports;
  private final List<AgentHandle> agents = new ArrayList<>();
  private @Nullable BusMaster master;

  /// A master without power.
  ///
  /// @param bench with a line for each of the plant's, see [BenchMatch]
  public VirtualMaster(Plant plant, Bench bench, VirtualPlantPorts ports) {
    this.plant = plant;
    this.bench = bench;
    this.ports = ports;
  }

  /// Starts it, unless it runs.
  public void powerOn() {
    if (master == null) {
      master = RunningMaster.start(plant, new Ports(), DriverShelf::driver);
    }
  }

  /// Stops it at once, as a power cut does: no safe state is written.
  public void powerOff() {
    agents.forEach(AgentHandle::stop);
    agents.clear();
    master = null;
  }

  /// What runs; null without power.
  public @Nullable BusMaster running() {
    return master;
  }

  /// Pulls or plugs the master's adapter of a serial line.
  ///
  /// @param line of the plant
  public void setPlugged(LineSpec line, boolean isPlugged) {
    var pair = ports.media().pair(nameOnBench(line));
    if (isPlugged) {
      pair.replug("master");
    } else {
      pair.unplug("master");
    }
  }

  /// The name of the bench's line behind one of the plant.
  public String nameOnBench(LineSpec line) {
    BenchLine found = BenchMatch.of(bench, line);
    return found == null ? line.name() : found.name();
  }

  /// The lines of the bench, with every agent on them at hand.
  private final class Ports implements MasterPorts {
    private LineSpec named(LineSpec line) {
      return line.named(nameOnBench(line));
    }

    private AgentRunner kept(AgentRunner runner) {
      return new AgentRunner() {
        @Override
        public NanoClock clock() {
          return runner.clock();
        }

        @Override
        public AgentHandle start(Agent agent) {
          AgentHandle handle = runner.start(agent);
          agents.add(handle);
          return handle;
        }
      };
    }

    @Override
    public AgentRunner runner(LineSpec line) {
      return kept(ports.runner(named(line)));
    }

    @Override
    public LinkOpener linkOpener(LineSpec line, AgentRunner runner) {
      return ports.linkOpener(named(line), ports.simulation());
    }

    @Override
    public I2cOpener i2cOpener(LineSpec line) {
      return ports.i2cOpener(named(line));
    }

    @Override
    public AgentRunner loopRunner() {
      return kept(ports.loopRunner());
    }
  }
}
