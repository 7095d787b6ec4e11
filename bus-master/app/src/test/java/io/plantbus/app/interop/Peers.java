package io.plantbus.app.interop;

import java.nio.file.Path;
import java.util.List;

/// Everybody whom this project is tested with.
final class Peers {
  private Peers() {}

  /// @param folder where programs are compiled and unpacked
  static List<Peer> all(Path folder) {
    Programs programs = new Programs(folder);
    return List.of(
        programs.libmodbus(),
        new MbpollPeer(),
        programs.pymodbus(),
        new J2modPeer(),
        new DigitalpetriPeer());
  }
}
