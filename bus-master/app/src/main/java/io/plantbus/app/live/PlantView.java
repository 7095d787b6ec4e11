package io.plantbus.app.live;

import io.plantbus.app.scada.ScadaReport;
import io.plantbus.master.BusMaster;

/// Shows a running plant. Owned by one thread.
public interface PlantView extends AutoCloseable {
  /// Shows the plant as of now; called several times a second.
  ///
  /// @param nowNanos monotonic time, of the clock that the master runs on
  void refresh(BusMaster master, long nowNanos);

  /// Takes how the SCADA endpoint does, for the refresh after it; not called where there is none.
  void scada(ScadaReport report);

  /// Something worth a line happened outside the master, such as an outcome of a safe state.
  void note(String line);

  /// Leaves the screen as a person would want to find it.
  @Override
  void close();
}
