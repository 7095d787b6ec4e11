package io.plantbus.app.scenario;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.app.run.Json;
import io.plantbus.simulators.scenario.Finding;
import io.plantbus.simulators.scenario.Finding.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/// The report for scripts: an object for each thing done or expected, and one for the whole.
public final class JsonReport {
  private JsonReport() {}

  /// Prints it, one object on a line.
  public static void print(ScenarioReport report, PrintWriter out) {
    for (Finding finding : report.verdict().findings()) {
      Json.print(out, json -> write(finding, json));
    }
    Json.print(out, json -> write(report, json));
    out.flush();
  }

  private static void write(Finding finding, JsonGenerator json) throws IOException {
    json.writeNumberField("step", finding.step());
    json.writeStringField("kind", finding.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("what", finding.what());
    json.writeStringField("place", finding.place());
    json.writeNumberField("beginNanos", finding.beginNanos());
    json.writeNumberField("endNanos", finding.endNanos());
    json.writeStringField(
        "result", finding.result().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.writeStringField("seen", finding.seen());
    json.writeArrayFieldStart("evidence");
    for (String line : finding.evidence()) {
      json.writeString(line);
    }
    json.writeEndArray();
  }

  private static void write(ScenarioReport report, JsonGenerator json) throws IOException {
    json.writeStringField("scenario", report.file().scenario().name());
    json.writeStringField("bench", report.bench());
    json.writeStringField("master", report.master());
    json.writeNumberField("seed", report.seed());
    json.writeBooleanField("passed", report.verdict().isMet());
    json.writeNumberField("expectations", report.verdict().expectations());
    json.writeNumberField("met", report.verdict().count(Result.MET));
    json.writeNumberField("failed", report.verdict().count(Result.FAILED));
    json.writeNumberField("notReached", report.verdict().count(Result.NOT_REACHED));
    json.writeNumberField("lastedNanos", report.verdict().lastedNanos());
    json.writeStringField("repeat", report.repeat());
  }
}
