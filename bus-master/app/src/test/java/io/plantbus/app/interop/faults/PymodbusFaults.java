package io.plantbus.app.interop.faults;

import static io.plantbus.app.interop.faults.KnownFaults.EVERYWHERE;
import static io.plantbus.app.interop.faults.KnownFaults.RTU_AND_OVER_TCP;

import io.plantbus.app.interop.script.Script;
import java.util.List;
import java.util.Map;

/// What is wrong with pymodbus.
final class PymodbusFaults {
  private static final String NAME = "pymodbus";

  static final List<KnownFault> ALL =
      List.of(
          KnownFault.unreported(
              NAME,
              RTU_AND_OVER_TCP,
              List.of(Script.LONG_ECHO),
              "function 8/0 gets no answer with more than one word of data"),
          KnownFault.reported(
              NAME,
              EVERYWHERE,
              Map.of(Script.READ_QUEUE, "ok"),
              "four registers too few of a queue are reported (function 24)"),
          KnownFault.unanswered(
              NAME,
              EVERYWHERE,
              List.of(Script.LONG_ECHO),
              "function 8/0 with more than one word of data is not answered; over TCP the"
                  + " connection is closed"),
          KnownFault.answered(
              NAME,
              EVERYWHERE,
              Map.of(
                  Script.SERVER_MESSAGES, "ok 0",
                  Script.BUS_MESSAGES, "ok 0",
                  Script.EXCEPTION_ERRORS, "ok 0",
                  Script.EVENT_COUNTER, "ok 0 0"),
              "the counters of functions 8 and 11 count nothing"),
          KnownFault.unanswered(
              NAME, EVERYWHERE, KnownFaults.asking(20), "function 20 is answered without a record"),
          KnownFault.answered(
              NAME,
              EVERYWHERE,
              Map.of(Script.WRITE_FILE, "ok", Script.WRITE_NO_FILE, "ok"),
              "function 21 is answered as done for every file, and writes nothing"),
          KnownFault.answered(
              NAME,
              EVERYWHERE,
              Map.of(
                  Script.READ_QUEUE, "ok",
                  Script.READ_LONG_QUEUE, "ok",
                  Script.READ_NO_QUEUE, "ok"),
              "function 24 finds an empty queue at every address"),
          KnownFault.answered(
              NAME,
              EVERYWHERE,
              Map.of(Script.NO_OBJECT, "ok 131 0 0 1 96 0"),
              "an object that does not exist is answered empty (function 43), not refused with"
                  + " exception 02"));

  private PymodbusFaults() {}
}
