package io.plantbus.app.device.diagnosis;

import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.SubFunction;
import java.util.ArrayList;
import java.util.List;

/// What stands out in a diagnosis, the worst first.
public final class Findings {
  private final Diagnosis diagnosis;
  private final List<String> found = new ArrayList<>();

  private Findings(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
  }

  /// What stands out, each in a few words; empty if nothing does.
  public static List<String> of(Diagnosis diagnosis) {
    Findings findings = new Findings(diagnosis);
    findings.echo();
    findings.line();
    findings.requests();
    findings.listenOnly();
    return List.copyOf(findings.found);
  }

  /// All that in one sentence.
  public static String sentence(Diagnosis diagnosis) {
    List<String> found = of(diagnosis);
    if (!found.isEmpty()) {
      return "What stands out: " + String.join("; ", found) + ".";
    }
    int messages = diagnosis.word(SubFunction.BUS_MESSAGES);
    return messages < 0 || diagnosis.word(SubFunction.BUS_COMMUNICATION_ERRORS) < 0
        ? "Nothing stands out in what the device tells; it does not count bad checksums."
        : "Nothing stands out: %s, none with a bad checksum.".formatted(count(messages, "message"));
  }

  private void echo() {
    EchoTest echo = diagnosis.echo();
    if (echo != null && echo.lost() > 0 && !echo.failures().containsKey("refused")) {
      found.add("%d of %s did not come back".formatted(echo.lost(), count(echo.rounds(), "echo")));
    }
  }

  private void line() {
    int errors = diagnosis.word(SubFunction.BUS_COMMUNICATION_ERRORS);
    if (errors > 0) {
      found.add(
          messages() < 0
              ? count(errors, "message") + " had a bad checksum"
              : "%d of %s had a bad checksum"
                  .formatted(errors, count(messages() + errors, "message")));
    }
    tell(SubFunction.CHARACTER_OVERRUNS, "characters came too fast for it");
  }

  private int messages() {
    return diagnosis.word(SubFunction.BUS_MESSAGES);
  }

  private void requests() {
    int requests = diagnosis.word(SubFunction.SERVER_MESSAGES);
    int exceptions = diagnosis.word(SubFunction.EXCEPTION_ERRORS) - diagnosis.refusals();
    if (exceptions > 0) {
      found.add(
          requests < exceptions
              ? count(exceptions, "request") + " ended in an exception"
              : "%d of %s ended in an exception".formatted(exceptions, count(requests, "request")));
    }
    tell(SubFunction.BUSIES, "it was busy");
    tell(SubFunction.NEGATIVE_ACKNOWLEDGES, "it refused a program function");
    int unanswered = diagnosis.word(SubFunction.NO_RESPONSES);
    if (unanswered > 0) {
      found.add(count(unanswered, "request") + " got no answer, as broadcasts do not");
    }
  }

  private void tell(SubFunction counter, String words) {
    int times = diagnosis.word(counter);
    if (times > 0) {
      found.add(words + (times == 1 ? " once" : " " + times + " times"));
    }
  }

  private void listenOnly() {
    Response.CommEventLog log = diagnosis.eventLog();
    if (log != null && EventWords.tellsOfListenOnly(log.log())) {
      found.add("it was in listen-only mode");
    }
  }

  private static String count(int number, String noun) {
    String plural = noun.equals("echo") ? "echoes" : noun + "s";
    return number + " " + (number == 1 ? noun : plural);
  }
}
