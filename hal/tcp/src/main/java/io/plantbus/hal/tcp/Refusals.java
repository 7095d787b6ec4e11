package io.plantbus.hal.tcp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts whom a listener turned away, and logs it once for each change. Safe for use by any
/// thread.
final class Refusals {
  private static final Logger LOGGER = LoggerFactory.getLogger(Refusals.class);

  private final String listener;
  private String standing = "";
  private long count;

  /// @param listener its name in the log
  Refusals(String listener) {
    this.listener = listener;
  }

  /// There was no place; logged once until there is one again.
  synchronized void full(String peer) {
    count("full", peer, "turned away: too many");
  }

  /// The address is not admitted; logged once for each address in a row.
  ///
  /// @param address without the port, which is another each time
  synchronized void stranger(String address) {
    count("stranger " + address, address, "turned away: its address is not admitted");
  }

  /// The peer did not prove who it is; logged once for each address and reason in a row.
  synchronized void unproven(String address, String reason) {
    count("unproven " + address, address, reason);
  }

  private void count(String kind, String peer, String what) {
    count++;
    if (!kind.equals(standing)) {
      standing = kind;
      LOGGER.atWarn().addKeyValue("listener", listener).addKeyValue("peer", peer).log(what);
    }
  }

  /// Somebody got a place.
  synchronized void accepted() {
    if (standing.equals("full")) {
      standing = "";
    }
  }

  synchronized long count() {
    return count;
  }
}
