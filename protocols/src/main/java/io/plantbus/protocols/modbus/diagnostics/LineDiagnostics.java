package io.plantbus.protocols.modbus.diagnostics;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What is heard on one line, and the diagnostics of every unit that listens to it. A server over
/// TCP shares one among its connections. Safe for any thread.
///
/// A unit that was never asked has heard the same as all others: it is made when it is first looked
/// at.
public final class LineDiagnostics {
  private static final int DEFAULT_DELIMITER = '\n';

  private static final int UNITS = 256;

  /// Read without the monitor: a server looks one up for every request.
  private final AtomicReferenceArray<@Nullable UnitDiagnostics> units =
      new AtomicReferenceArray<>(UNITS);

  private final UnitDiagnostics neverAsked = new UnitDiagnostics(this);
  private long messages;
  private long errors;
  private long overruns;
  private boolean overrun;
  private int asciiDelimiter = DEFAULT_DELIMITER;

  /// The diagnostics of a line after power-up.
  public LineDiagnostics() {}

  /// The diagnostics of a unit.
  ///
  /// @param unit 0..255
  public UnitDiagnostics unit(int unit) {
    UnitDiagnostics known = units.get(unit);
    return known == null ? made(unit) : known;
  }

  private synchronized UnitDiagnostics made(int unit) {
    UnitDiagnostics known = units.get(unit);
    if (known == null) {
      known = new UnitDiagnostics(this);
      known.copyFrom(neverAsked);
      units.set(unit, known);
    }
    return known;
  }

  /// A message with a good checksum was heard, to nobody whose diagnostics are kept.
  public synchronized void messageHeard() {
    count();
  }

  /// A message was heard; its caller holds the monitor.
  void count() {
    messages++;
    overrun = false;
  }

  /// A message with a bad checksum was heard, or bytes that make none.
  public synchronized void communicationError() {
    errors++;
    int event =
        EventLog.RECEIVED
            | EventLog.RECEIVED_WITH_ERROR
            | (overrun ? EventLog.RECEIVED_OVERRUN : 0);
    overrun = false;
    neverAsked.log(event);
    for (int i = 0; i < UNITS; i++) {
      UnitDiagnostics unit = units.get(i);
      if (unit != null) {
        unit.log(event);
      }
    }
  }

  /// The port lost characters.
  public synchronized void characterOverrun() {
    overruns++;
    overrun = true;
  }

  /// A broadcast request was heard.
  ///
  /// @return to execute it, by every unit that does not only listen, or silence
  public Verdict broadcast(Decoded decoded) {
    return broadcast(decoded, _ -> true);
  }

  /// A broadcast request was heard that not every unit may obey.
  ///
  /// @param obeys whether a unit does what a diagnosis asks for; asked with 1..255, and only then
  /// @return as [#broadcast(Decoded)] says
  public synchronized Verdict broadcast(Decoded decoded, IntPredicate obeys) {
    count();
    boolean diagnosis = decoded instanceof Decoded.WellFormed(Request.Diagnostics _);
    for (int i = 1; diagnosis && i < UNITS; i++) {
      if (!obeys.test(i)) {
        unit(i).broadcast(decoded, false);
      }
    }
    for (int i = 0; i < UNITS; i++) {
      UnitDiagnostics unit = units.get(i);
      if (unit != null && (!diagnosis || i == 0 || obeys.test(i))) {
        unit.broadcast(decoded, true);
      }
    }
    neverAsked.broadcast(decoded, true);
    return UnitDiagnostics.verdictOfBroadcast(decoded);
  }

  /// The character that ends messages in ASCII framing; line feed unless a client changed it.
  ///
  /// @return 0..255
  public synchronized int asciiDelimiter() {
    return asciiDelimiter;
  }

  void asciiDelimiter(int character) {
    asciiDelimiter = character;
  }

  long messages() {
    return messages;
  }

  long errors() {
    return errors;
  }

  long overruns() {
    return overruns;
  }
}
