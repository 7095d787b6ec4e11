package io.plantbus.app.interop.faults;

import static io.plantbus.app.interop.faults.KnownFaults.EVERYWHERE;
import static io.plantbus.app.interop.faults.KnownFaults.RTU_AND_OVER_TCP;

import io.plantbus.app.interop.peers.Transport;
import io.plantbus.app.interop.script.Script;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is wrong with j2mod.
final class J2modFaults {
  private static final String NAME = "j2mod";
  private static final Set<Transport> UDP = EnumSet.of(Transport.UDP);

  static final List<KnownFault> ALL =
      List.of(
          KnownFault.unanswered(
              NAME,
              Transport.RTU,
              List.of(Script.EXCHANGED, Script.MOST_EXCHANGED),
              "function 23 is not answered"),
          KnownFault.unanswered(
              NAME,
              RTU_AND_OVER_TCP,
              KnownFaults.asking(8),
              "function 8 is not answered, not even with exception 01, and takes the requests after"
                  + " it with it"),
          KnownFault.reported(
              NAME,
              UDP,
              KnownFaults.each(KnownFaults.asking(20), _ -> "exception 3"),
              "function 20 is sent malformed, and refused with exception 03"),
          KnownFault.unanswered(
              NAME,
              UDP,
              KnownFaults.asking(20, 24),
              "functions 20 and 24 are not answered or with an answer that is cut short"),
          KnownFault.unanswered(
              NAME,
              UDP,
              List.of(Script.MOST_COILS, Script.MOST_REGISTERS, Script.MOST_EXCHANGED),
              "the longest writes are not answered, nor is anything after them"),
          KnownFault.unreported(
              NAME,
              UDP,
              List.of(Script.FEW_COILS, Script.MOST_COILS),
              "function 15 is sent malformed, and refused with exception 03"),
          KnownFault.unreported(
              NAME,
              UDP,
              List.of(Script.EXCHANGED, Script.MOST_EXCHANGED),
              "function 23 cannot be sent"),
          KnownFault.answered(
              NAME,
              EVERYWHERE,
              Map.of(Script.READ_FILE_LATER, "ok 0 0"),
              "each record of a file is a block of registers of its own, not one register"
                  + " (functions 20 and 21)"),
          KnownFault.unanswered(
              NAME,
              EnumSet.of(Transport.TCP),
              List.of(Script.NO_FUNCTION),
              "an unknown function is not refused with exception 01: the connection is closed"),
          KnownFault.answered(
              NAME,
              EVERYWHERE,
              KnownFaults.each(KnownFaults.refusals(), _ -> "ok"),
              "its process image cannot refuse a value, only an address"));

  private J2modFaults() {}
}
