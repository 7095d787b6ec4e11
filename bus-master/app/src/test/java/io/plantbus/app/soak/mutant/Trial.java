package io.plantbus.app.soak.mutant;

import io.plantbus.app.soak.SoakCase;
import io.plantbus.app.soak.SoakRun;
import io.plantbus.app.soak.invariant.Violation;
import io.plantbus.simulators.Transcript;
import java.util.function.UnaryOperator;

/// Runs one case. It is loaded together with a mutant, so only the JDK's types go in and out.
public final class Trial implements UnaryOperator<String> {
  /// Nothing was run yet.
  public Trial() {}

  /// @param soakCase as it is written on a command line
  /// @return the virtual nanoseconds, the invariant and what happened, a line each; or nothing if
  ///   all held
  @Override
  public String apply(String soakCase) {
    Violation violation = new SoakRun(SoakCase.parse(soakCase), Transcript.silent()).run();
    return violation == null
        ? ""
        : violation.nanos() + "\n" + violation.invariant() + "\n" + violation;
  }
}
