package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.MbapDeframer;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import org.jspecify.annotations.Nullable;

/// The client of a TCP connection (MB 4.4.1): a bounded window of transactions, matched by
/// transaction id and checked for unit, function, byte count and echo.
///
/// An answer that does not belong to its request leaves the request waiting; if nothing better
/// comes, it ends as noise. Bytes of other transactions, late ones included, are no noise to this
/// one.
///
/// A header whose length cannot be breaks the connection, and so does a peer that stops in the
/// middle of a unit for a whole time-out: whatever it sent next would be taken for the rest of that
/// unit. See [ClientEffects#close()].
///
/// A time-out is told by `advance`: hand over bytes that arrived before the deadline first.
public final class TcpClientSession implements ClientSession {
  /// The widest window.
  public static final int MAX_WINDOW = 16;

  private static final int FREE = -1;

  private final ClientEffects effects;
  private final ClientCounters counters = new ClientCounters();
  private final ResponseDecoder decoder = new ResponseDecoder();
  private final MbapDeframer deframer = new MbapDeframer();
  private final byte[] adu = new byte[MbapHeader.MAX_ADU_BYTES];
  private final OpenTransaction[] window;
  private final int[] transactionIds;
  private final @Nullable NoiseReason[] noises;

  private int inFlight;
  private int nextTransactionId;
  private long lastNumber;
  private long lastByteNanos;
  private long resets;
  private boolean broken;

  /// Makes a session on a fresh connection.
  ///
  /// @param window the most transactions under way, 1..[#MAX_WINDOW]
  public TcpClientSession(int window, ClientEffects effects) {
    this(window, 0, effects);
  }

  TcpClientSession(int window, int firstTransactionId, ClientEffects effects) {
    if (window < 1 || window > MAX_WINDOW) {
      throw new IllegalArgumentException("a window must be 1.." + MAX_WINDOW + ", was " + window);
    }
    this.effects = effects;
    this.window = new OpenTransaction[window];
    this.transactionIds = new int[window];
    this.noises = new @Nullable NoiseReason[window];
    this.nextTransactionId = firstTransactionId;
    for (int i = 0; i < window; i++) {
      this.window[i] = new OpenTransaction(effects, counters);
      transactionIds[i] = FREE;
    }
  }

  @Override
  public boolean canOffer(long nowNanos) {
    return !broken && inFlight < window.length;
  }

  @Override
  public long offer(UnitId unit, Request request, long timeoutNanos, long nowNanos) {
    if (!canOffer(nowNanos)) {
      throw new IllegalStateException(broken ? "the connection is broken" : "the window is full");
    }
    int transactionId = freeTransactionId();
    int slot = slotOf(FREE);
    int pduLength = RequestEncoder.encode(request, adu, MbapHeader.BYTES);
    int length = MbapHeader.write(adu, 0, transactionId, unit.value(), pduLength);
    long number = ++lastNumber;
    OpenTransaction transaction = window[slot];
    transaction.open(number, unit, request, length, 0, timeoutNanos, nowNanos);
    transaction.head().set(request, adu, MbapHeader.BYTES, pduLength);
    transactionIds[slot] = transactionId;
    noises[slot] = null;
    inFlight++;
    effects.send(adu, 0, length);
    return number;
  }

  private int freeTransactionId() {
    int id = nextTransactionId;
    while (slotOf(id) != FREE) {
      id = (id + 1) & 0xFFFF;
    }
    nextTransactionId = (id + 1) & 0xFFFF;
    return id;
  }

  private int slotOf(int transactionId) {
    for (int slot = 0; slot < transactionIds.length; slot++) {
      if (transactionIds[slot] == transactionId) {
        return slot;
      }
    }
    return FREE;
  }

  @Override
  public void receive(byte[] bytes, int offset, int length, long nowNanos) {
    if (length == 0) {
      return;
    }
    counters.bytesReceived += length;
    advance(nowNanos - 1); // an answer in the very nanosecond of the deadline is in time
    lastByteNanos = nowNanos;
    long resetsBefore = resets;
    int at = offset;
    int end = offset + length;
    while (at < end && !broken && resets == resetsBefore) {
      at += deframer.take(bytes, at, end - at);
      if (deframer.isBroken()) {
        breakOff(nowNanos);
      } else if (deframer.isComplete()) {
        int aduLength = deframer.filled();
        deframer.next();
        if (!answer(aduLength, nowNanos)) {
          counters.bytesDiscarded += aduLength;
        }
      }
    }
    counters.bytesDiscarded += end - at;
  }

  /// Matches a whole unit with its transaction.
  ///
  /// @return whether it was one's answer
  private boolean answer(int aduLength, long nowNanos) {
    boolean modbus = deframer.protocolId() == 0;
    int slot = slotOf(deframer.transactionId());
    if (slot == FREE) {
      if (modbus) {
        counters.lateAnswers++;
        effects.answeredLate(UnitId.of(deframer.unit()), nowNanos);
      }
      return false;
    }
    OpenTransaction transaction = window[slot];
    if (!modbus) {
      noises[slot] = NoiseReason.GARBAGE;
      return false;
    }
    if (deframer.unit() != transaction.unit().value()) {
      noises[slot] = NoiseReason.WRONG_UNIT;
      return false;
    }
    Outcome outcome =
        decoder.decode(
            transaction.head(), deframer.bytes(), MbapHeader.BYTES, aduLength - MbapHeader.BYTES);
    if (outcome instanceof Outcome.Noise(NoiseReason reason)) {
      noises[slot] = reason;
      return false;
    }
    release(slot);
    transaction.conclude(outcome, nowNanos);
    return true;
  }

  @Override
  public void advance(long nowNanos) {
    for (int slot = 0; slot < window.length && inFlight > 0; slot++) {
      OpenTransaction transaction = window[slot];
      if (transaction.isOpen() && nowNanos >= transaction.deadlineNanos()) {
        NoiseReason reason =
            noises[slot] == null && isArriving(slot) ? NoiseReason.TRUNCATED : noises[slot];
        boolean stalled = deframer.filled() > 0 && lastByteNanos < transaction.sentNanos();
        release(slot);
        transaction.fail(reason, nowNanos);
        if (stalled) {
          breakOff(nowNanos);
        }
      }
    }
  }

  /// Whether part of a unit is here that may be the answer of the transaction in `slot`.
  private boolean isArriving(int slot) {
    return deframer.filled() > 0
        && (!deframer.hasTransactionId() || deframer.transactionId() == transactionIds[slot]);
  }

  @Override
  public long deadline() {
    long earliest = Long.MAX_VALUE;
    for (OpenTransaction transaction : window) {
      if (transaction.isOpen()) {
        earliest = Math.min(earliest, transaction.deadlineNanos());
      }
    }
    return earliest;
  }

  private void breakOff(long nowNanos) {
    abortAll(nowNanos);
    effects.close();
  }

  /// The link was lost or replaced; offers are taken again when this returns.
  @Override
  public void reset(long nowNanos) {
    abortAll(nowNanos);
    broken = false;
  }

  private void abortAll(long nowNanos) {
    resets++;
    broken = true;
    counters.bytesDiscarded += deframer.filled();
    deframer.next();
    for (int slot = 0; slot < window.length; slot++) {
      if (window[slot].isOpen()) {
        release(slot);
        window[slot].conclude(OpenTransaction.ABORTED, nowNanos);
      }
    }
  }

  private void release(int slot) {
    transactionIds[slot] = FREE;
    inFlight--;
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  @Override
  public ClientCounters counters() {
    return counters;
  }
}
