package io.plantbus.app.scenario;

import io.plantbus.simulators.scenario.Finding;
import io.plantbus.simulators.scenario.Finding.Result;
import io.plantbus.simulators.scenario.Spans;
import io.plantbus.simulators.scenario.Step;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// The report as JUnit XML, as Surefire writes it: a test suite for the scenario, a test case for
/// each expectation, with its time in seconds of the scenario.
public final class JunitReport {
  private JunitReport() {}

  /// Writes it.
  ///
  /// @throws IOException if the file cannot be written
  public static void write(ScenarioReport report, Path file) throws IOException {
    Files.writeString(file, text(report));
  }

  /// The text of the file.
  static String text(ScenarioReport report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      suite(report, xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("written to memory", impossible);
    }
    return text.append('\n').toString();
  }

  private static void suite(ScenarioReport report, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    attribute(xml, "name", report.file().scenario().name());
    attribute(xml, "time", Spans.clock(report.verdict().lastedNanos()));
    attribute(xml, "tests", "" + report.verdict().expectations());
    attribute(xml, "errors", "0");
    attribute(xml, "skipped", "" + report.verdict().count(Result.NOT_REACHED));
    attribute(xml, "failures", "" + report.verdict().count(Result.FAILED));
    xml.writeCharacters("\n  ");
    xml.writeStartElement("properties");
    property(xml, "seed", "" + report.seed());
    property(xml, "bench", report.bench());
    property(xml, "master", report.master());
    property(xml, "program", report.program());
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
    for (Step step : report.file().scenario().steps()) {
      for (Finding finding : report.verdict().findings()) {
        if (finding.step() == step.number() && finding.isVerdict()) {
          testCase(report, step, finding, xml);
        }
      }
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private static void testCase(
      ScenarioReport report, Step step, Finding finding, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    attribute(xml, "name", step.number() + ". " + step.name() + ": " + finding.what());
    attribute(xml, "classname", report.file().scenario().name());
    attribute(xml, "time", Spans.clock(finding.endNanos() - finding.beginNanos()));
    switch (finding.result()) {
      case MET, DONE -> {}
      case NOT_REACHED -> {
        xml.writeEmptyElement("skipped");
        attribute(xml, "message", finding.seen());
      }
      case FAILED -> {
        xml.writeStartElement("failure");
        attribute(xml, "message", "seen: " + finding.seen());
        attribute(xml, "type", "expectation");
        xml.writeCharacters(
            legal(
                "%s: expected %s%nseen at %s s: %s%nrepeat it: %s%n"
                    .formatted(
                        finding.place(),
                        finding.what(),
                        Spans.clock(finding.endNanos()),
                        finding.seen(),
                        report.repeat())));
        xml.writeEndElement();
      }
    }
    if (!finding.evidence().isEmpty()) {
      xml.writeStartElement("system-out");
      xml.writeCharacters(legal(String.join("\n", finding.evidence()) + "\n"));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static void property(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeEmptyElement("property");
    attribute(xml, "name", name);
    attribute(xml, "value", value);
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, legal(value));
  }

  /// Without the characters that XML 1.0 has no way to write.
  private static String legal(String text) {
    return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD]", "?");
  }
}
