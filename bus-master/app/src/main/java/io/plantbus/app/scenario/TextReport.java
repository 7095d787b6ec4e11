package io.plantbus.app.scenario;

import io.plantbus.app.live.Ink;
import io.plantbus.simulators.scenario.Finding;
import io.plantbus.simulators.scenario.Finding.Result;
import io.plantbus.simulators.scenario.Spans;
import io.plantbus.simulators.scenario.Step;
import java.io.PrintWriter;
import java.util.List;

/// The report on a terminal: a heading for each step, a line for each thing done or expected.
public final class TextReport {
  private static final int WIDEST_WHAT = 72;
  private static final int RESULT_WIDTH = 11;
  private static final int MOST_EVIDENCE = 6;

  private TextReport() {}

  /// Prints it.
  ///
  /// @param colour whether the terminal shows colours
  public static void print(ScenarioReport report, PrintWriter out, boolean colour) {
    out.println(Ink.HEAD.on(report.file().scenario().name(), colour));
    if (!report.file().scenario().description().isEmpty()) {
      out.println(report.file().scenario().description());
    }
    out.println("bench " + report.bench());
    out.println("master " + report.master());
    out.println("seed " + report.seed() + ", " + report.program());
    out.println();
    List<Finding> findings = report.verdict().findings();
    int width = 4;
    for (Finding finding : findings) {
      width = Math.max(width, Math.min(WIDEST_WHAT, finding.what().length()));
    }
    int timeWidth = Math.max(8, Spans.clock(report.verdict().lastedNanos()).length());
    String row = "%" + timeWidth + "s  %s  %-" + width + "s  %s";
    out.println(
        Ink.DIM.on(
            row.formatted("TIME (s)", pad("RESULT"), "WHAT", "SEEN").stripTrailing(), colour));
    for (Step step : report.file().scenario().steps()) {
      out.println(
          " ".repeat(timeWidth + 2) + Ink.BOLD.on(step.number() + ". " + step.name(), colour));
      for (Finding finding : findings) {
        if (finding.step() == step.number()) {
          print(finding, row, out, colour);
        }
      }
    }
    out.println();
    out.println((report.verdict().isMet() ? Ink.GOOD : Ink.BAD).on(report.summary(), colour));
    if (!report.verdict().isMet()) {
      out.println("Repeat it: " + report.repeat());
    }
    out.flush();
  }

  private static void print(Finding finding, String row, PrintWriter out, boolean colour) {
    String result = pad(ScenarioReport.word(finding.result()));
    String time =
        finding.result() == Result.NOT_REACHED ? "–" : Spans.clock(ScenarioReport.time(finding));
    out.println(
        row.formatted(
                time, ink(finding.result()).on(result, colour), finding.what(), finding.seen())
            .stripTrailing());
    List<String> evidence = finding.evidence();
    int from = Math.max(0, evidence.size() - MOST_EVIDENCE);
    for (String line : evidence.subList(from, evidence.size())) {
      out.println(
          " ".repeat(time.length() > 8 ? time.length() + 2 : 10) + Ink.DIM.on("| " + line, colour));
    }
  }

  private static Ink ink(Result result) {
    return switch (result) {
      case DONE -> Ink.DIM;
      case MET -> Ink.GOOD;
      case FAILED -> Ink.BAD;
      case NOT_REACHED -> Ink.WARN;
    };
  }

  private static String pad(String result) {
    return result + " ".repeat(RESULT_WIDTH - result.length());
  }
}
