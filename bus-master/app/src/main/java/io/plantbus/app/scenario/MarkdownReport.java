package io.plantbus.app.scenario;

import io.plantbus.simulators.scenario.Finding;
import io.plantbus.simulators.scenario.Finding.Result;
import io.plantbus.simulators.scenario.Spans;
import io.plantbus.simulators.scenario.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The report of a factory acceptance test as Markdown, to be printed and signed.
public final class MarkdownReport {
  private MarkdownReport() {}

  /// Writes it.
  ///
  /// @throws IOException if the file cannot be written
  public static void write(ScenarioReport report, Path file) throws IOException {
    Files.writeString(file, text(report));
  }

  /// The text of the file.
  static String text(ScenarioReport report) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(report.file().scenario().name()).append("\n\n");
    if (!report.file().scenario().description().isEmpty()) {
      text.append(report.file().scenario().description()).append("\n\n");
    }
    text.append("| | |\n|---|---|\n");
    row(text, "Result", "**" + report.summary() + "**");
    row(text, "Bench", cell(report.bench()));
    row(text, "Master", cell(report.master()));
    row(text, "Seed", "" + report.seed());
    row(text, "Program", report.program());
    row(text, "Repeat it", "`" + report.repeat() + "`");
    text.append("\n## Steps\n\n");
    text.append("| Time (s) | Step | Done or expected | Written at | Result | Seen |\n");
    text.append("|--:|---|---|---|---|---|\n");
    List<Finding> findings = report.verdict().findings();
    for (Step step : report.file().scenario().steps()) {
      for (Finding finding : findings) {
        if (finding.step() == step.number()) {
          row(text, step, finding);
        }
      }
    }
    failures(text, findings);
    text.append("\n## Signatures\n\n");
    text.append("| | Name | Date | Signature |\n|---|---|---|---|\n");
    text.append("| Supplier | | | |\n| Customer | | | |\n");
    return text.toString();
  }

  private static void row(StringBuilder text, Step step, Finding finding) {
    boolean isReached = finding.result() != Result.NOT_REACHED;
    String result = ScenarioReport.word(finding.result());
    row(
        text,
        isReached ? Spans.clock(ScenarioReport.time(finding)) : "–",
        cell(step.number() + ". " + step.name()),
        cell(finding.what()),
        finding.place(),
        finding.result() == Result.FAILED ? "**" + result + "**" : result,
        cell(finding.seen()));
  }

  private static void failures(StringBuilder text, List<Finding> findings) {
    List<Finding> failed =
        findings.stream()
            .filter(finding -> finding.result() == Result.FAILED && !finding.evidence().isEmpty())
            .toList();
    if (failed.isEmpty()) {
      return;
    }
    text.append("\n## What happened on the lines before each failure\n");
    for (Finding finding : failed) {
      text.append("\n").append(finding.place()).append(", ").append(finding.what());
      text.append(":\n\n```\n").append(String.join("\n", finding.evidence())).append("\n```\n");
    }
  }

  private static void row(StringBuilder text, String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }
}
