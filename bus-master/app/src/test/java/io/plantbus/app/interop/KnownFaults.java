package io.plantbus.app.interop;

import static io.plantbus.app.interop.script.Script.COIL_BEYOND;
import static io.plantbus.app.interop.script.Script.HOLDING_BEYOND;
import static io.plantbus.app.interop.script.Script.INPUT_ACROSS_THE_END;
import static io.plantbus.app.interop.script.Script.READ_AT_THE_END;
import static io.plantbus.app.interop.script.Script.WRITE_ACROSS_THE_END;
import static io.plantbus.app.interop.script.Script.WRITE_BEYOND;

import io.plantbus.app.interop.peers.Peer;
import io.plantbus.app.interop.peers.Transport;
import io.plantbus.app.interop.script.Script;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the tests found wrong with the peers.
final class KnownFaults {
  private static final Set<Transport> RTU_AND_OVER_TCP =
      EnumSet.of(
          Transport.RTU_9600, Transport.RTU_19200, Transport.RTU_115200, Transport.RTU_OVER_TCP);

  static final List<KnownFault> ALL =
      List.of(
          new KnownFault(
              "j2mod",
              true,
              Transport.RTU,
              Map.of(),
              List.of(Script.EXCHANGED, Script.MOST_EXCHANGED),
              "function 23 is not answered"),
          new KnownFault(
              "j2mod",
              true,
              EnumSet.of(Transport.UDP),
              Map.of(),
              List.of(Script.MOST_COILS, Script.MOST_REGISTERS, Script.MOST_EXCHANGED),
              "the longest writes are not answered, nor is anything after them"),
          new KnownFault(
              "j2mod",
              false,
              EnumSet.of(Transport.UDP),
              Map.of(),
              List.of(Script.FEW_COILS, Script.MOST_COILS),
              "function 15 is sent malformed, and refused with exception 03"),
          new KnownFault(
              "j2mod",
              false,
              EnumSet.of(Transport.UDP),
              Map.of(),
              List.of(Script.EXCHANGED, Script.MOST_EXCHANGED),
              "function 23 cannot be sent"),
          new KnownFault(
              "digitalpetri/modbus",
              false,
              RTU_AND_OVER_TCP,
              Map.of(
                  COIL_BEYOND, "exception -127",
                  HOLDING_BEYOND, "exception -125",
                  INPUT_ACROSS_THE_END, "exception -124",
                  WRITE_BEYOND, "exception -122",
                  WRITE_ACROSS_THE_END, "exception -112"),
              List.of(),
              "an exception is reported with the function code of the answer as a signed byte (such"
                  + " as -125) in place of the exception code"),
          new KnownFault(
              "digitalpetri/modbus",
              true,
              RTU_AND_OVER_TCP,
              Map.of(),
              List.of(
                  Script.REGISTERS_64,
                  Script.MOST_REGISTERS,
                  Script.MOST_COILS,
                  Script.MOST_EXCHANGED),
              "a write with a byte count of 128 or more (64 registers, 1017 coils) is not answered,"
                  + " nor is anything after it"),
          new KnownFault(
              "digitalpetri/modbus",
              true,
              EnumSet.complementOf(EnumSet.of(Transport.ASCII_19200, Transport.UDP)),
              Map.of(
                  COIL_BEYOND, "ok 0",
                  HOLDING_BEYOND, "ok 0",
                  INPUT_ACROSS_THE_END, "ok 65154 0",
                  WRITE_BEYOND, "ok",
                  WRITE_ACROSS_THE_END, "ok",
                  READ_AT_THE_END, "ok 1 2"),
              List.of(),
              "its process image has every address: what was never set reads as zero, and nothing is"
                  + " refused with exception 02"));

  private KnownFaults() {}

  /// The faults that show when these two meet.
  static List<KnownFault> between(Peer client, Peer server, Transport transport) {
    return ALL.stream()
        .filter(fault -> (fault.server() ? server : client).name().equals(fault.peer()))
        .filter(fault -> fault.transports().contains(transport))
        .toList();
  }
}
