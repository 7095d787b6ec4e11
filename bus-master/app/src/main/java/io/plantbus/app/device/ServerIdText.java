package io.plantbus.app.device;

import io.plantbus.protocols.ByteBlock;
import java.util.ArrayList;
import java.util.List;

/// The answer to function code 17 in its likely parts: id, run indicator and additional data. How
/// many bytes the id takes is the device's own affair (AP 6.13); it is taken to end before the
/// first byte, after one at least, that can be a run indicator.
///
/// @param id at least one byte
/// @param run `on`, `off`, or empty if there is no run indicator
/// @param additional what follows the run indicator
public record ServerIdText(ByteBlock id, String run, ByteBlock additional) {
  private static final int ON = 0xFF;
  private static final int OFF = 0x00;

  /// Takes it apart.
  ///
  /// @param data at least one byte
  public static ServerIdText of(ByteBlock data) {
    for (int i = 1; i < data.length(); i++) {
      if (data.byteAt(i) == ON || data.byteAt(i) == OFF) {
        return new ServerIdText(
            data.slice(0, i),
            data.byteAt(i) == ON ? "on" : "off",
            data.slice(i + 1, data.length() - i - 1));
      }
    }
    return new ServerIdText(data, "", ByteBlock.EMPTY);
  }

  /// A row for each part.
  public List<String> rows() {
    List<String> rows = new ArrayList<>();
    rows.add("%-23s %s  %s".formatted("server id", ByteText.hex(id), ByteText.text(id)));
    rows.add("%-23s %s".formatted("run indicator", run.isEmpty() ? "not found" : run));
    if (additional.length() > 0) {
      rows.add("%-23s %s".formatted("additional data", ByteText.text(additional)));
    }
    return rows;
  }
}
