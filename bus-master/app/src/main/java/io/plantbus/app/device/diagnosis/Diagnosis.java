package io.plantbus.app.device.diagnosis;

import io.plantbus.app.device.Asking;
import io.plantbus.app.device.Exchange;
import io.plantbus.app.device.OutcomeText;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.SubFunction;
import io.plantbus.protocols.modbus.session.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a device tells about its communication (AP 6.7 to 6.10).
///
/// @param echo the echo test, or null if none was asked for
/// @param exchanges what was asked besides and what became of it, in that order
/// @param cleared what became of clearing the counters, or null if that was not asked for
/// @param refusals how many of this diagnosis' own requests the device had refused before it told
///   its count of exceptions
public record Diagnosis(
    @Nullable EchoTest echo, List<Exchange> exchanges, @Nullable Exchange cleared, int refusals) {
  /// The sub-functions that return a counter or the diagnostic register, as they are asked.
  public static final List<SubFunction> WORDS =
      List.of(
          SubFunction.BUS_MESSAGES,
          SubFunction.BUS_COMMUNICATION_ERRORS,
          SubFunction.EXCEPTION_ERRORS,
          SubFunction.SERVER_MESSAGES,
          SubFunction.NO_RESPONSES,
          SubFunction.NEGATIVE_ACKNOWLEDGES,
          SubFunction.BUSIES,
          SubFunction.CHARACTER_OVERRUNS,
          SubFunction.RETURN_DIAGNOSTIC_REGISTER);

  private static final int UNREACHABLE_AFTER = 2;

  public Diagnosis {
    exchanges = List.copyOf(exchanges);
  }

  /// Asks everything, each for itself: what is refused does not keep the rest from being asked.
  /// Where the first two requests do not even reach the device it is left at that.
  ///
  /// @param echoRounds of the echo test before; 0 for none, at most [EchoTest#MAX_ROUNDS]
  /// @param clear whether to clear the counters afterwards
  /// @throws PortException if the link cannot be opened or was lost
  /// @throws InterruptedException if the waiting thread is interrupted
  public static Diagnosis of(Asking device, int echoRounds, boolean clear)
      throws PortException, InterruptedException {
    EchoTest echo = echoRounds == 0 ? null : EchoTest.run(device, echoRounds);
    List<Exchange> exchanges = new ArrayList<>();
    int refusals = echo == null ? 0 : echo.failures().getOrDefault("refused", 0);
    for (Request request : questions()) {
      Exchange exchange = device.ask(request);
      exchanges.add(exchange);
      if (exchange.outcome() instanceof Outcome.Refused
          && exchanges.size() <= WORDS.indexOf(SubFunction.EXCEPTION_ERRORS)) {
        refusals++;
      }
      if (exchanges.size() == UNREACHABLE_AFTER && !anyReached(exchanges)) {
        return new Diagnosis(echo, exchanges, null, refusals);
      }
    }
    Exchange cleared =
        clear ? device.ask(new Request.Diagnostics(SubFunction.CLEAR_COUNTERS)) : null;
    return new Diagnosis(echo, exchanges, cleared, refusals);
  }

  private static List<Request> questions() {
    List<Request> questions = new ArrayList<>();
    WORDS.forEach(word -> questions.add(new Request.Diagnostics(word)));
    questions.add(new Request.ReadExceptionStatus());
    questions.add(new Request.GetCommEventCounter());
    questions.add(new Request.GetCommEventLog());
    return questions;
  }

  private static boolean anyReached(List<Exchange> exchanges) {
    return exchanges.stream()
        .anyMatch(
            exchange ->
                switch (exchange.outcome()) {
                  case Outcome.Answered _, Outcome.Noise _ -> true;
                  case Outcome.Refused(Response.Refusal refusal) ->
                      !OutcomeText.isOfGateway(refusal);
                  case Outcome.Silence _, Outcome.Aborted _, Outcome.Broadcast _ -> false;
                });
  }

  /// Whether the device told anything.
  public boolean isAnswered() {
    return (echo != null && echo.answers() > 0)
        || exchanges.stream().anyMatch(each -> each.outcome() instanceof Outcome.Answered);
  }

  /// What a sub-function returned, 0..65535; -1 if nothing.
  public int word(SubFunction subFunction) {
    for (Exchange exchange : exchanges) {
      if (exchange.outcome() instanceof Outcome.Answered(Response.Diagnostics answer)
          && answer.subFunction() == subFunction) {
        return answer.word();
      }
    }
    return -1;
  }

  /// The event log; null if the device told none.
  public Response.@Nullable CommEventLog eventLog() {
    for (Exchange exchange : exchanges) {
      if (exchange.outcome() instanceof Outcome.Answered(Response.CommEventLog log)) {
        return log;
      }
    }
    return null;
  }
}
