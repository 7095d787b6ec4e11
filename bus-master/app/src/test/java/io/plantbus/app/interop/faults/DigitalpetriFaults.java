package io.plantbus.app.interop.faults;

import static io.plantbus.app.interop.faults.KnownFaults.EVERYWHERE;
import static io.plantbus.app.interop.faults.KnownFaults.RTU_AND_OVER_TCP;
import static io.plantbus.app.interop.script.Script.COIL_BEYOND;
import static io.plantbus.app.interop.script.Script.HOLDING_BEYOND;
import static io.plantbus.app.interop.script.Script.INPUT_ACROSS_THE_END;
import static io.plantbus.app.interop.script.Script.READ_AT_THE_END;
import static io.plantbus.app.interop.script.Script.WRITE_ACROSS_THE_END;
import static io.plantbus.app.interop.script.Script.WRITE_BEYOND;

import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What is wrong with digitalpetri/modbus.
final class DigitalpetriFaults {
  private static final String NAME = "digitalpetri/modbus";

  static final List<KnownFault> ALL =
      List.of(
          KnownFault.reported(
              NAME,
              RTU_AND_OVER_TCP,
              KnownFaults.each(refused(), operation -> "exception " + (operation.function() - 128)),
              "an exception is reported with the function code of the answer as a signed byte (such"
                  + " as -125) in place of the exception code"),
          KnownFault.unanswered(
              NAME,
              RTU_AND_OVER_TCP,
              List.of(
                  Script.REGISTERS_64,
                  Script.MOST_REGISTERS,
                  Script.MOST_COILS,
                  Script.MOST_EXCHANGED),
              "a write with a byte count of 128 or more (64 registers, 1017 coils) is not answered,"
                  + " nor is anything after it"),
          KnownFault.unanswered(
              NAME,
              RTU_AND_OVER_TCP,
              KnownFaults.refusals(),
              "every exception is sent with a wrong checksum"),
          KnownFault.unanswered(
              NAME,
              EVERYWHERE,
              KnownFaults.asking(7, 8, 11, 17, 20, 21, 24, 43, 100),
              "an unknown function is not refused with exception 01: over TCP the connection is"
                  + " closed, on a serial line nothing is answered any more"),
          KnownFault.answered(
              NAME,
              EVERYWHERE,
              Map.of(
                  COIL_BEYOND, "ok 0",
                  HOLDING_BEYOND, "ok 0",
                  INPUT_ACROSS_THE_END, "ok 65154 0",
                  WRITE_BEYOND, "ok",
                  WRITE_ACROSS_THE_END, "ok",
                  READ_AT_THE_END, "ok 1 2"),
              "its process image has every address: what was never set reads as zero, and nothing is"
                  + " refused with exception 02"));

  private DigitalpetriFaults() {}

  private static List<Operation> refused() {
    Predicate<Operation> beyond =
        List.of(
                COIL_BEYOND,
                HOLDING_BEYOND,
                INPUT_ACROSS_THE_END,
                WRITE_BEYOND,
                WRITE_ACROSS_THE_END,
                Script.NO_COILS,
                Script.TOO_MANY_REGISTERS)
            ::contains;
    return Script.OPERATIONS.stream().filter(beyond.or(KnownFaults.refusals()::contains)).toList();
  }
}
