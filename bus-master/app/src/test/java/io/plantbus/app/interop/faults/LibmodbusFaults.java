package io.plantbus.app.interop.faults;

import static io.plantbus.app.interop.faults.KnownFaults.EVERYWHERE;

import io.plantbus.app.interop.peers.Transport;
import io.plantbus.app.interop.script.Script;
import java.util.List;

/// What is wrong with libmodbus.
final class LibmodbusFaults {
  private static final String NAME = "libmodbus";

  static final List<KnownFault> ALL =
      List.of(
          KnownFault.unreported(
              NAME,
              EVERYWHERE,
              List.of(
                  Script.ECHO,
                  Script.LONG_ECHO,
                  Script.CLEAR_COUNTERS,
                  Script.SERVER_MESSAGES,
                  Script.BUS_MESSAGES,
                  Script.EXCEPTION_ERRORS,
                  Script.EVENT_COUNTER,
                  Script.WRITE_FILE,
                  Script.READ_FILE,
                  Script.READ_FILE_LATER,
                  Script.READ_QUEUE,
                  Script.BASIC_IDENTIFICATION,
                  Script.ALL_IDENTIFICATION,
                  Script.REST_OF_IDENTIFICATION,
                  Script.ONE_OBJECT),
              "functions 8, 11, 20, 21, 24 and 43 can be sent raw, but the answer is cut after two"
                  + " bytes and its rest taken for the next one; exceptions are understood"),
          KnownFault.unanswered(
              NAME,
              EVERYWHERE,
              List.of(Script.EXCEPTION_STATUS),
              "function 7 is not answered, not even with exception 01"),
          KnownFault.unanswered(
              NAME,
              Transport.RTU,
              KnownFaults.asking(8, 20, 21, 24, 43),
              "an unknown function with arguments is not answered, not even with exception 01"));

  private LibmodbusFaults() {}
}
