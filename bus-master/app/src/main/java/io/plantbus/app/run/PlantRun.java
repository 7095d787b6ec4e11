package io.plantbus.app.run;

import io.plantbus.app.apply.PlantChanger;
import io.plantbus.app.apply.PlantVersion;
import io.plantbus.app.apply.ScadaService;
import io.plantbus.app.audit.AuditLog;
import io.plantbus.app.audit.AuditSpec;
import io.plantbus.app.config.PlantFile;
import io.plantbus.app.control.ControlFolder;
import io.plantbus.app.control.ControlServer;
import io.plantbus.app.live.PlantView;
import io.plantbus.app.observe.ObservationsFile;
import io.plantbus.app.scada.ScadaReport;
import io.plantbus.app.status.PlantStatus;
import io.plantbus.app.status.Prediction;
import io.plantbus.app.trace.TapPump;
import io.plantbus.app.trace.WatchPlan;
import io.plantbus.app.wiring.Adapters;
import io.plantbus.app.wiring.DriverShelf;
import io.plantbus.app.wiring.HardwarePorts;
import io.plantbus.app.wiring.ServedBench;
import io.plantbus.app.wiring.SimulatedPorts;
import io.plantbus.devices.document.Reading;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.master.BusMaster;
import io.plantbus.master.MasterPorts;
import io.plantbus.master.RunningMaster;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.write.WriteAudit;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.RunningBench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a plant from its start to the safe states of its outputs, on the calling thread.
public final class PlantRun {
  private static final Logger logger = LoggerFactory.getLogger(PlantRun.class);
  private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long REMEMBER_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long SAFE_STATE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final PlantVersion version;
  private final PlantFile plant;
  private final @Nullable Duration span;
  private final StopSignal stop;
  private final PlantView view;
  private WatchPlan watching = WatchPlan.nothing();
  private boolean anyScadaPort;
  private @Nullable ObservationsFile memory;

  /// @param version what runs at first
  /// @param span how long; null until the signal
  /// @param stop ends it earlier
  /// @param view what is shown; not closed
  public PlantRun(PlantVersion version, @Nullable Duration span, StopSignal stop, PlantView view) {
    this.version = version;
    this.plant = version.source().plant();
    this.span = span;
    this.stop = stop;
    this.view = view;
  }

  /// Takes any free port for the SCADA endpoint where its own is taken.
  public PlantRun orAnyScadaPort() {
    anyScadaPort = true;
    return this;
  }

  /// Traces and captures its lines from the start on.
  public PlantRun watching(WatchPlan plan) {
    watching = plan;
    return this;
  }

  /// Starts with what former runs learned about its devices, and keeps what this one learns.
  public PlantRun remembering(ObservationsFile file) {
    memory = file;
    return this;
  }

  /// Runs over the ports of this machine.
  ///
  /// @return whether every safe state was acknowledged
  /// @throws PortException if the SCADA endpoint cannot listen
  public boolean onHardware() throws PortException, InterruptedException {
    try (Adapters adapters = new Adapters(NanoClock.system())) {
      return run(adapters, new HardwarePorts(adapters), plant.audit());
    }
  }

  /// Runs over simulated slaves; nothing between them and the plant is secured.
  ///
  /// @param bench with lines named as those of the plant
  /// @param started gets the slaves and faults, to play with them while the plant runs
  /// @return whether every safe state was acknowledged
  /// @throws PortException if an endpoint cannot be opened
  public boolean simulated(Bench bench, Consumer<RunningBench> started)
      throws PortException, InterruptedException {
    Path folder = newFolder();
    try (Adapters adapters = new Adapters(NanoClock.system());
        ServedBench served = ServedBench.start(bench.withoutTls(), adapters, folder)) {
      tellUnsecured();
      started.accept(served.running());
      AuditSpec audit = plant.audit();
      return run(
          adapters,
          new SimulatedPorts(adapters, served),
          audit == null ? null : audit.ofSimulation());
    } finally {
      removeIfEmpty(folder);
    }
  }

  private void tellUnsecured() {
    List<String> lines =
        plant.plant().lines().stream()
            .filter(line -> line.transport() instanceof Transport.Tcp tcp && tcp.tls() != null)
            .map(LineSpec::name)
            .toList();
    if (!lines.isEmpty()) {
      view.note(
          "simulated without TLS, and without its certificates: line " + String.join(", ", lines));
    }
  }

  private boolean run(Adapters adapters, MasterPorts ports, @Nullable AuditSpec spec)
      throws PortException, InterruptedException {
    try (AuditLog audit = audit(spec, adapters.clock())) {
      WriteAudit records = audit == null ? WriteAudit.NONE : audit;
      return run(
          adapters,
          RunningMaster.start(plant.plant(), ports, DriverShelf::driver, remembered(), records),
          ports instanceof SimulatedPorts simulated ? simulated : null,
          audit);
    }
  }

  private @Nullable AuditLog audit(@Nullable AuditSpec spec, NanoClock clock) throws PortException {
    if (spec == null) {
      logger.atInfo().log("No record of writes is kept: the plant file has no section 'audit'");
      return null;
    }
    try {
      return AuditLog.open(spec, plant.plant().name(), clock);
    } catch (IOException failure) {
      throw new PortException(PortFault.FAILED, "audit: " + failure.getMessage());
    }
  }

  private boolean run(
      Adapters adapters,
      BusMaster master,
      @Nullable SimulatedPorts simulated,
      @Nullable AuditLog audit)
      throws PortException, InterruptedException {
    boolean safe = false;
    TapPump watches = watch(master, adapters);
    try (ScadaService scada = ScadaService.open(master, adapters, plant.scada(), anyScadaPort)) {
      PlantChanger changer =
          new PlantChanger(
              new PlantChanger.Running(master, scada, audit, simulated, watching.isAnything()),
              version,
              System::getenv);
      try (ControlServer _ = control(master, adapters, changer)) {
        ScadaReport served = scada.report();
        if (served != null) {
          view.note("SCADA endpoint listens on " + served.name());
        }
        show(master, scada, adapters.clock(), audit, changer);
        compare(master, changer.current());
      }
    } finally {
      safe = stop(master);
      watches.close();
      remember(master);
    }
    return safe;
  }

  /// What was proven beside what was measured.
  private void compare(BusMaster master, PlantVersion last) {
    List<DeviceReport> devices = master.devices();
    for (LineReport line : master.lines()) {
      List<DeviceReport> own =
          devices.stream().filter(device -> device.line().equals(line.name())).toList();
      Prediction prediction = Prediction.of(last.proof(), line, own, true);
      if (prediction != null && !prediction.summary().isEmpty()) {
        view.note("line " + line.name() + ": " + prediction.summary());
        prediction.sentences().forEach(view::note);
      }
    }
  }

  private Observations remembered() {
    if (memory == null) {
      return Observations.NONE;
    }
    Reading<Observations> reading = memory.read();
    Observations value = reading.value();
    if (value == null) {
      view.note("what was learned before is left out: " + reading.report());
      return Observations.NONE;
    }
    return value;
  }

  private void remember(BusMaster master) {
    ObservationsFile file = memory;
    if (file == null) {
      return;
    }
    try {
      file.keep(master.observations());
    } catch (IOException failure) {
      memory = null;
      view.note("what is learned about the devices cannot be kept: " + failure);
    }
  }

  private TapPump watch(BusMaster master, Adapters adapters)
      throws PortException, InterruptedException {
    try {
      return watching.start(plant.plant().name(), master.taps(), adapters.clock());
    } catch (IOException failure) {
      master.stop(SAFE_STATE_NANOS);
      throw new PortException(PortFault.FAILED, String.valueOf(failure.getMessage()));
    }
  }

  /// A plant runs without a control socket, too.
  private @Nullable ControlServer control(
      BusMaster master, Adapters adapters, PlantChanger changer) {
    try {
      return ControlServer.open(
          ControlFolder.ofUser(),
          plant.plant().name(),
          master::taps,
          adapters.clock(),
          new PlantStatus(master, adapters.clock(), changer::current),
          changer);
    } catch (IOException failure) {
      view.note(
          "'status', 'apply', 'trace' and 'capture' cannot reach this run: "
              + failure.getMessage());
      return null;
    }
  }

  private void show(
      BusMaster master,
      ScadaService scada,
      NanoClock clock,
      @Nullable AuditLog audit,
      PlantChanger changer)
      throws InterruptedException {
    long end = span == null ? Long.MAX_VALUE : clock.nanoTime() + span.toNanos();
    boolean stopped = false;
    long rememberAt = clock.nanoTime() + REMEMBER_NANOS;
    while (!stopped) {
      long now = clock.nanoTime();
      ScadaReport served = scada.report();
      if (served != null) {
        view.scada(served);
      }
      view.refresh(master, now);
      if (now >= rememberAt) {
        rememberAt = now + REMEMBER_NANOS;
        remember(master);
      }
      tellNews(audit == null ? null : audit.news());
      tellNews(changer.news());
      stopped = now >= end || stop.await(Math.min(REFRESH_NANOS, end - now));
    }
  }

  private void tellNews(@Nullable String news) {
    if (news != null) {
      view.note(news);
    }
  }

  private boolean stop(BusMaster master) throws InterruptedException {
    List<String> problems = master.stop(SAFE_STATE_NANOS);
    problems.forEach(view::note);
    long outputs = master.plant().tags().stream().filter(tag -> tag.safeState() != null).count();
    if (problems.isEmpty()) {
      view.note(
          outputs == 0
              ? "stopped"
              : "stopped; %d output%s acknowledged the safe state"
                  .formatted(outputs, outputs == 1 ? "" : "s"));
    }
    return problems.isEmpty();
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("plantbus");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void removeIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException _) {
      // A name is still in use; the system empties this folder one day.
    }
  }
}
