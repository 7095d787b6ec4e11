package io.plantbus.app.soak.invariant;

import io.plantbus.hal.SerialSettings;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;

/// Holds a master's bytes on a pair against the rules of the serial line. Works out everything by
/// itself, the checksum too, so that it does not believe what it checks.
///
/// ```
///  request ──▶ answer ──▶ silence ──▶ request      or      request ──▶ time-out ──▶ request
/// ```
public final class WireInvariants {
  private static final long LEAST_TIMEOUT_NANOS = 20_000_000;
  private static final int LONGEST_FRAME = 256;
  private static final int CRC_POLYNOMIAL = 0xA001;

  private final Checks checks;
  private final BitSet units;
  private final long characterNanos;
  private final long silenceNanos;
  private final byte[] heard = new byte[4 * LONGEST_FRAME];
  private int heardCount;
  private long heardNanos;
  private long sentEndNanos;
  private boolean afterBroadcast;
  private long requests;

  /// @param units the unit ids that there are on the pair
  public WireInvariants(Checks checks, SerialSettings settings, BitSet units) {
    this.checks = checks;
    this.units = (BitSet) units.clone();
    this.characterNanos = settings.characterNanos();
    this.silenceNanos =
        settings.baud() > 19_200
            ? 1_750_000
            : 7L * settings.bitsPerCharacter() * 500_000_000L / settings.baud();
    forget();
  }

  /// The port was opened: nothing is under way.
  void opened(long nowNanos) {
    forget();
    heardNanos = nowNanos - silenceNanos;
  }

  private void forget() {
    heardCount = 0;
    heardNanos = Long.MIN_VALUE / 2;
    sentEndNanos = Long.MIN_VALUE / 2;
    afterBroadcast = true;
  }

  /// The master was handed bytes.
  void received(byte[] bytes, int offset, int count, long arrivalNanos) {
    int taken = Math.min(count, heard.length - heardCount);
    System.arraycopy(bytes, offset, heard, heardCount, taken);
    heardCount += taken;
    heardNanos = arrivalNanos;
  }

  /// The master began to send.
  void sent(byte[] bytes, int offset, int count, long nowNanos) {
    requests++;
    long quiet = nowNanos - Math.max(heardNanos, sentEndNanos);
    checks.that(
        nowNanos - heardNanos >= silenceNanos,
        heardCount > 0 && nowNanos - heardNanos < characterNanos
            ? Invariant.ONE_DRIVER
            : Invariant.SILENCE,
        nowNanos,
        () -> "the master sent " + quiet / 1_000 + " us after the last character that it heard");
    checks.that(
        nowNanos - sentEndNanos >= silenceNanos,
        Invariant.SILENCE,
        nowNanos,
        () -> "the master sent " + quiet / 1_000 + " us after its own last frame");
    checks.that(
        heardCount > 0 || afterBroadcast || nowNanos - sentEndNanos >= LEAST_TIMEOUT_NANOS,
        Invariant.ONE_IN_FLIGHT,
        nowNanos,
        () -> "the next request went out without an answer, " + quiet / 1_000 + " us after");
    checks.that(
        isSound(bytes, offset, count),
        Invariant.SOUND_REQUEST,
        nowNanos,
        () -> "sent " + hex(bytes, offset, count));
    afterBroadcast = bytes[offset] == 0;
    heardCount = 0;
    sentEndNanos = nowNanos + count * characterNanos;
  }

  /// Requests that went out.
  public long requests() {
    return requests;
  }

  /// Whether somewhere in what was heard since the last request there is a frame with a right
  /// checksum.
  public boolean heardSoundFrame() {
    for (int from = 0; from < heardCount; from++) {
      int crc = 0xFFFF;
      for (int at = from; at < heardCount; at++) {
        crc = step(crc, heard[at]);
        if (crc == 0 && at - from >= 3) {
          return true;
        }
      }
    }
    return false;
  }

  /// What was heard since the last request, in hexadecimal.
  public String heard() {
    return hex(heard, 0, heardCount);
  }

  /// A copy of what was heard since the last request.
  public byte[] heardBytes() {
    return Arrays.copyOf(heard, heardCount);
  }

  private boolean isSound(byte[] bytes, int offset, int count) {
    int crc = 0xFFFF;
    for (int i = 0; i < count; i++) {
      crc = step(crc, bytes[offset + i]);
    }
    int unit = bytes[offset] & 0xFF;
    return crc == 0 && count >= 4 && count <= LONGEST_FRAME && (unit == 0 || units.get(unit));
  }

  private static int step(int crc, byte next) {
    int value = crc ^ (next & 0xFF);
    for (int bit = 0; bit < 8; bit++) {
      value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ CRC_POLYNOMIAL;
    }
    return value;
  }

  private static String hex(byte[] bytes, int offset, int count) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes, offset, offset + count);
  }
}
