package io.plantbus.app.run;

import io.plantbus.app.live.LiveView;
import io.plantbus.app.live.PlainView;
import io.plantbus.app.live.PlantView;
import io.plantbus.app.live.TerminalWidth;
import java.io.IOException;
import java.io.PrintWriter;

/// Chooses what is shown of a plant.
public final class Views {
  private Views() {}

  /// JSON if wanted, the live table in a terminal, plain lines elsewhere.
  ///
  /// @param title what runs
  /// @param out where lines go
  public static PlantView choose(String title, boolean json, PrintWriter out) {
    if (json) {
      return new JsonView(out);
    }
    if (TerminalWidth.isTerminal()) {
      try {
        return LiveView.open(title, out);
      } catch (IOException _) {
        // A terminal that cannot be addressed is written to line by line.
      }
    }
    return new PlainView(out);
  }
}
