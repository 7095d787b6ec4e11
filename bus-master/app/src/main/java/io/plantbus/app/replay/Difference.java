package io.plantbus.app.replay;

import io.plantbus.app.device.OutcomeText;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.twin.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// An answer that is not the recorded one.
///
/// @param packet of the request in the capture
/// @param server who was asked in the capture
/// @param unit 0..255
/// @param request what was asked, for a person
/// @param kind what is different
/// @param recorded what the capture has
/// @param now what came
public record Difference(
    long packet, String server, int unit, String request, Kind kind, String recorded, String now) {
  private static final int MOST_TOLD = 8;

  /// What may be different.
  public enum Kind {
    /// The same answer with other values.
    VALUES,
    /// It answers where it did not, or in another way.
    ANSWER,
    /// It refuses what it did not refuse, or with another code.
    REFUSAL,
    /// It is silent.
    SILENCE,
    /// What came is no answer.
    NOISE;

    /// For a person and for scripts.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Compares.
  ///
  /// @param values whether other values are a difference, too
  /// @return null if there is none
  static @Nullable Difference between(Decoded recorded, Outcome now, boolean values) {
    Outcome before = recorded.outcome();
    if (before.equals(now)) {
      return null;
    }
    Kind kind =
        switch (now) {
          case Outcome.Refused _ -> Kind.REFUSAL;
          case Outcome.Silence _ -> Kind.SILENCE;
          case Outcome.Noise _, Outcome.Aborted _ -> Kind.NOISE;
          case Outcome.Broadcast _, Outcome.Answered _ -> Kind.ANSWER;
        };
    if (before instanceof Outcome.Answered(Response old)
        && now instanceof Outcome.Answered(Response fresh)
        && isAlike(old, fresh)) {
      return values ? values(recorded, old, fresh) : null;
    }
    return of(recorded, kind, words(before), words(now));
  }

  private static Difference of(Decoded recorded, Kind kind, String before, String now) {
    return new Difference(
        recorded.exchange().packet(),
        recorded.exchange().server().name(),
        recorded.exchange().unit(),
        words(recorded.request()),
        kind,
        before,
        now);
  }

  private static boolean isAlike(Response old, Response fresh) {
    if (old instanceof Response.Registers(var before)
        && fresh instanceof Response.Registers(var after)) {
      return before.count() == after.count();
    }
    return old.getClass() == fresh.getClass();
  }

  private static Difference values(Decoded recorded, Response old, Response fresh) {
    if (old instanceof Response.Registers(var before)
        && fresh instanceof Response.Registers(var after)) {
      return listed(recorded, before.count(), before::register, after::register);
    }
    if (old instanceof Response.Bits(var before) && fresh instanceof Response.Bits(var after)) {
      return listed(
          recorded,
          Math.min(before.count(), after.count()),
          i -> before.bit(i) ? 1 : 0,
          i -> after.bit(i) ? 1 : 0);
    }
    return of(recorded, Kind.VALUES, old.toString(), fresh.toString());
  }

  private static Difference listed(
      Decoded recorded, int count, IntUnaryOperator before, IntUnaryOperator after) {
    int start =
        recorded.request() instanceof Request.Read(_, AddressRange range) ? range.start() : 0;
    List<String> old = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    int different = 0;
    for (int i = 0; i < count; i++) {
      if (before.applyAsInt(i) != after.applyAsInt(i) && ++different <= MOST_TOLD) {
        old.add((start + i) + "=" + before.applyAsInt(i));
        fresh.add((start + i) + "=" + after.applyAsInt(i));
      }
    }
    String more = different > MOST_TOLD ? ", and %d more".formatted(different - MOST_TOLD) : "";
    return of(recorded, Kind.VALUES, String.join(" ", old) + more, String.join(" ", fresh) + more);
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused(Response.Refusal refusal) -> OutcomeText.words(refusal);
      case Outcome.Answered _ -> "an answer";
      case Outcome.Silence _ -> "no answer";
      case Outcome.Noise _ -> "nothing that makes an answer";
      case Outcome.Aborted _ -> "a lost connection";
      case Outcome.Broadcast _ -> "a broadcast";
    };
  }

  private static String words(Request request) {
    return switch (request) {
      case Request.Read(DataTable table, AddressRange range) ->
          "read %s %d x %d".formatted(table.keyword(), range.start(), range.count());
      case Request.WriteSingleCoil(int address, boolean on) ->
          "write coil %d = %d".formatted(address, on ? 1 : 0);
      case Request.WriteSingleRegister(int address, int value) ->
          "write holding %d = %d".formatted(address, value);
      case Request.WriteMultipleCoils write ->
          "write coil %d x %d".formatted(write.start(), write.bits().count());
      case Request.WriteMultipleRegisters write ->
          "write holding %d x %d".formatted(write.start(), write.registers().count());
      case Request.MaskWriteRegister mask -> "mask write holding " + mask.address();
      case Request.ReadWriteMultipleRegisters both ->
          "write holding %d and read %d".formatted(both.writeStart(), both.read().start());
      case Request.Service service -> "function " + service.functionCode();
    };
  }

  @Override
  public String toString() {
    return "packet %d, %s unit %d, %s: %s: was %s, is %s"
        .formatted(packet, server, unit, request, kind.word(), recorded, now);
  }
}
