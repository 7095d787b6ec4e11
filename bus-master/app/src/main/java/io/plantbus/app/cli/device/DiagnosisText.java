package io.plantbus.app.cli.device;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.app.cli.DeviceSession;
import io.plantbus.app.device.AnswerText;
import io.plantbus.app.device.Exchange;
import io.plantbus.app.device.OutcomeText;
import io.plantbus.app.device.diagnosis.Diagnosis;
import io.plantbus.app.device.diagnosis.EchoTest;
import io.plantbus.app.device.diagnosis.EventWords;
import io.plantbus.app.device.diagnosis.Findings;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.SubFunction;
import io.plantbus.protocols.modbus.session.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A diagnosis as rows for people and as JSON for scripts.
final class DiagnosisText {
  private DiagnosisText() {}

  /// A row for each thing that was asked, and the sentence at the end.
  static List<String> rows(Diagnosis diagnosis) {
    List<String> rows = new ArrayList<>();
    EchoTest echo = diagnosis.echo();
    if (echo != null) {
      rows.add(row("echo test", echo(echo)));
    }
    for (Exchange exchange : diagnosis.exchanges()) {
      rows.add(row(name(exchange.request()), value(exchange.outcome())));
      if (exchange.outcome() instanceof Outcome.Answered(Response.CommEventLog log)) {
        for (EventWords.Repeated each : EventWords.of(log.log())) {
          rows.add("  %3d × %s".formatted(each.count(), each.words()));
        }
      }
    }
    Exchange cleared = diagnosis.cleared();
    if (cleared != null) {
      rows.add(
          row(
              "clear counters",
              cleared.outcome() instanceof Outcome.Answered
                  ? "done, they count from 0 again"
                  : OutcomeText.brief(cleared.outcome())));
    }
    rows.add(Findings.sentence(diagnosis));
    return rows;
  }

  private static String row(String name, String value) {
    return "%-23s %s".formatted(name, value);
  }

  private static String name(Request request) {
    if (request instanceof Request.Diagnostics(SubFunction subFunction, _)) {
      return name(subFunction);
    }
    return switch (request.functionCode()) {
      case 7 -> "exception status";
      case 11 -> "event counter";
      default -> "event log";
    };
  }

  private static String name(SubFunction counter) {
    return switch (counter) {
      case BUS_MESSAGES -> "bus messages";
      case BUS_COMMUNICATION_ERRORS -> "bad checksums";
      case EXCEPTION_ERRORS -> "exceptions";
      case SERVER_MESSAGES -> "requests to it";
      case NO_RESPONSES -> "without answer";
      case NEGATIVE_ACKNOWLEDGES -> "negative acknowledges";
      case BUSIES -> "busy";
      case CHARACTER_OVERRUNS -> "character overruns";
      case RETURN_DIAGNOSTIC_REGISTER -> "diagnostic register";
      case RETURN_QUERY_DATA -> "echo test";
      case CLEAR_COUNTERS -> "clear counters";
      case RESTART_COMMUNICATIONS, CHANGE_ASCII_DELIMITER, FORCE_LISTEN_ONLY, CLEAR_OVERRUNS ->
          throw new IllegalArgumentException(counter + " is not asked");
    };
  }

  private static String value(Outcome outcome) {
    if (!(outcome instanceof Outcome.Answered(Response answer))) {
      return OutcomeText.brief(outcome);
    }
    return switch (answer) {
      case Response.Diagnostics word
          when word.subFunction() == SubFunction.RETURN_DIAGNOSTIC_REGISTER ->
          "0x%04X".formatted(word.word());
      case Response.Diagnostics word -> Integer.toString(word.word());
      case Response.ExceptionStatus(int outputs) -> AnswerText.outputs(outputs);
      case Response.CommEventCounter(boolean busy, int events) -> AnswerText.events(busy, events);
      case Response.CommEventLog log ->
          "%d events%s"
              .formatted(log.log().length(), log.log().length() == 0 ? "" : ", newest first");
      case Response.Bits _,
          Response.Registers _,
          Response.Written _,
          Response.Refusal _,
          Response.Service _ ->
          throw new IllegalStateException("not asked for: " + answer);
    };
  }

  private static String echo(EchoTest echo) {
    if (echo.last() instanceof Outcome.Refused && echo.answers() == 0) {
      return OutcomeText.brief(echo.last());
    }
    String back =
        "%d of %d came back%s"
            .formatted(
                echo.answers(), echo.rounds(), echo.lost() == 0 ? "" : " " + echo.failures());
    return echo.answers() == 0
        ? back
        : back
            + "; round trip min/avg/95%%/max %s / %s / %s / %s"
                .formatted(
                    DeviceSession.millis(echo.quantileNanos(0)),
                    DeviceSession.millis(echo.meanNanos()),
                    DeviceSession.millis(echo.quantileNanos(0.95)),
                    DeviceSession.millis(echo.quantileNanos(1)));
  }

  /// Writes everything that was asked.
  static void write(JsonGenerator json, Diagnosis diagnosis) throws IOException {
    json.writeStringField(
        "outcome",
        diagnosis.isAnswered()
            ? "answered"
            : OutcomeText.word(diagnosis.exchanges().getLast().outcome()));
    EchoTest echo = diagnosis.echo();
    if (echo != null) {
      write(json, echo);
    }
    json.writeArrayFieldStart("answers");
    for (Exchange exchange : diagnosis.exchanges()) {
      json.writeStartObject();
      json.writeNumberField("function", exchange.request().functionCode());
      if (exchange.request() instanceof Request.Diagnostics(SubFunction subFunction, _)) {
        json.writeNumberField("subFunction", subFunction.code());
      }
      json.writeStringField("name", name(exchange.request()));
      write(json, exchange.outcome());
      json.writeEndObject();
    }
    json.writeEndArray();
    Exchange cleared = diagnosis.cleared();
    if (cleared != null) {
      json.writeBooleanField("cleared", cleared.outcome() instanceof Outcome.Answered);
    }
    json.writeArrayFieldStart("findings");
    for (String finding : Findings.of(diagnosis)) {
      json.writeString(finding);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, EchoTest echo) throws IOException {
    json.writeObjectFieldStart("echo");
    json.writeNumberField("rounds", echo.rounds());
    json.writeNumberField("answers", echo.answers());
    if (echo.answers() > 0) {
      json.writeNumberField("minMillis", echo.quantileNanos(0) / 1e6);
      json.writeNumberField("avgMillis", echo.meanNanos() / 1e6);
      json.writeNumberField("p95Millis", echo.quantileNanos(0.95) / 1e6);
      json.writeNumberField("maxMillis", echo.quantileNanos(1) / 1e6);
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Outcome outcome) throws IOException {
    json.writeStringField("outcome", OutcomeText.word(outcome));
    if (!(outcome instanceof Outcome.Answered(Response answer))) {
      json.writeStringField("reason", OutcomeText.brief(outcome));
      return;
    }
    switch (answer) {
      case Response.Diagnostics word -> json.writeNumberField("value", word.word());
      case Response.ExceptionStatus(int outputs) -> json.writeNumberField("value", outputs);
      case Response.CommEventCounter(boolean busy, int events) -> {
        json.writeNumberField("value", events);
        json.writeBooleanField("busy", busy);
      }
      case Response.CommEventLog log -> {
        json.writeNumberField("value", log.events());
        json.writeNumberField("messages", log.messages());
        json.writeBooleanField("busy", log.busy());
        json.writeArrayFieldStart("log");
        for (int i = 0; i < log.log().length(); i++) {
          json.writeStartObject();
          json.writeNumberField("event", log.log().byteAt(i));
          json.writeStringField("words", EventWords.words(log.log().byteAt(i)));
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      case Response.Bits _,
          Response.Registers _,
          Response.Written _,
          Response.Refusal _,
          Response.Service _ ->
          throw new IllegalStateException("not asked for: " + answer);
    }
  }
}
