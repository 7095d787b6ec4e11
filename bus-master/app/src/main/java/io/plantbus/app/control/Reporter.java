package io.plantbus.app.control;

import java.util.List;

/// Reports how a running plant is doing. Safe for use by any thread.
public interface Reporter {
  /// One report.
  ///
  /// @param healthy whether every line is open and no device is down
  /// @param rows what was asked for, none with a line break in it
  record Report(boolean healthy, List<String> rows) {
    public Report {
      rows = List.copyOf(rows);
    }
  }

  /// The report as of now.
  Report report(ReportForm form);
}
