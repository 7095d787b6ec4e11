package io.plantbus.app.interop.peers;

import java.nio.file.Path;
import java.util.List;

/// Everybody whom this project is tested with.
public final class Peers {
  private Peers() {}

  /// Other people, in the order of the reference page.
  ///
  /// @param folder where programs are compiled and unpacked
  public static List<Peer> all(Path folder) {
    Programs programs = new Programs(folder);
    return List.of(
        programs.libmodbus(),
        new MbpollPeer(),
        programs.pymodbus(),
        new J2modPeer(),
        new DigitalpetriPeer());
  }
}
