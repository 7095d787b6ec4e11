package io.plantbus.hal.linux;

import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A serial line without hardware: this object is one end, and a device file that any program can
/// open as a serial port is the other.
///
/// ```
///  owner ── write ──▶ master ═══ kernel ═══ slave ──▶ /dev/pts/N ◀── stable link name
///  owner ◀── read ─── master ═══ kernel ═══ slave ◀── any program: a bus master, mbpoll, …
/// ```
///
/// - The peer may open, close and open again at will, or not be there at all: this end stays open,
///   because it holds the slave side open too. What is written before a peer opens waits in the
///   kernel, some 4000 bytes of it; after that `write` takes nothing until somebody reads. When a
///   peer closes, what it did not read is dropped, and so are its settings.
/// - Bytes pass unchanged (raw mode) until a peer asks its side for something else.
/// - There is no baud rate, no parity and no byte time: they are accepted from the peer, and bytes
///   arrive at the speed of memory.
/// - The thread of the agent that opens it sleeps in `poll(2)`, gives bytes their arrival time and
///   runs the activity callback; opened elsewhere, it has a daemon thread for that.
public final class PseudoTerminal implements SerialLine {
  private final PtyPair pair;
  private final SerialSettings settings;
  private final @Nullable StableLink stable;
  private final TerminalLink link;

  private PseudoTerminal(
      PtyPair pair, @Nullable StableLink stable, SerialSettings settings, NanoClock clock) {
    this.pair = pair;
    this.stable = stable;
    this.settings = settings;
    this.link =
        new TerminalLink(
            name(), "plantbus-pty-" + pair.slave().getFileName(), pair, clock, "open it again");
  }

  /// Makes a pseudo terminal that is known by its device file only.
  ///
  /// @param settings what [#settings()] answers; nothing enforces it
  /// @param clock gives bytes their arrival time
  /// @throws PortException if the system has no more pseudo terminals or does not allow them
  public static PseudoTerminal open(SerialSettings settings, NanoClock clock) throws PortException {
    return start(new PseudoTerminal(PtyPair.open(), null, settings, clock));
  }

  /// Makes a pseudo terminal under a name that stays the same from run to run. The name is a
  /// symbolic link, removed by [#close()]; one left behind by a run that was killed is replaced.
  ///
  /// @param link where the name stands; its directory must exist
  /// @param settings what [#settings()] answers; nothing enforces it
  /// @param clock gives bytes their arrival time
  /// @throws PortException if something else already stands at `link` (`BUSY`), if its directory is
  ///   missing or not writable, or if the system has no more pseudo terminals
  public static PseudoTerminal open(Path link, SerialSettings settings, NanoClock clock)
      throws PortException {
    PtyPair pair = PtyPair.open();
    try {
      StableLink stable = StableLink.create(link, pair.slave());
      return start(new PseudoTerminal(pair, stable, settings, clock));
    } catch (PortException refused) {
      pair.close();
      throw refused;
    }
  }

  private static PseudoTerminal start(PseudoTerminal terminal) {
    terminal.link.start(false);
    return terminal;
  }

  /// The path that a peer opens: the stable link if there is one, else the device file.
  public Path slavePath() {
    return stable == null ? pair.slave() : stable.path();
  }

  @Override
  public String name() {
    return "pty:" + slavePath();
  }

  @Override
  public SerialSettings settings() {
    return settings;
  }

  @Override
  public String appliedSettings() {
    return "pseudo terminal: baud rate and parity have no effect";
  }

  @Override
  public LinkState state() {
    return link.state();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws PortException {
    return link.read(into, offset, length);
  }

  @Override
  public long arrivalNanos() {
    return link.arrivalNanos();
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    return link.write(from, offset, length);
  }

  @Override
  public void discardInput() {
    link.discardInput();
  }

  @Override
  public long overruns() {
    return link.overruns();
  }

  @Override
  public void onActivity(Runnable callback) {
    link.onActivity(callback);
  }

  @Override
  public void close() {
    if (stable != null && link.state() != LinkState.CLOSED) {
      stable.remove();
    }
    link.close();
  }
}
