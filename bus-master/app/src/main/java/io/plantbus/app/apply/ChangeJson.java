package io.plantbus.app.apply;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.devices.document.Problem;
import io.plantbus.master.change.Difference;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.proof.LineProof;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/// Plans and what came of them as JSON objects. Their keys are documented and stay as they are; new
/// ones may come.
final class ChangeJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ChangeJson() {}

  /// Writes the members of one object.
  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  static String of(ChangePlan plan, String kind) {
    return object(
        json -> {
          json.writeStringField("answer", kind.toLowerCase(Locale.ROOT));
          json.writeStringField("plant", plan.next().plant().plant().name());
          json.writeNumberField("version", plan.base().number());
          json.writeStringField("sha256", plan.next().digest());
          difference(json, "lines", plan.change().lines());
          difference(json, "devices", plan.change().devices());
          difference(json, "tags", plan.change().tags());
          difference(json, "loops", plan.change().loops());
          changed(json, plan);
          texts(json, "outputsLeftAsTheyAre", plan.change().droppedOutputs());
          texts(json, "pausing", plan.pausing());
          texts(json, "undisturbed", plan.staying());
          json.writeStringField("scada", plan.scada().name().toLowerCase(Locale.ROOT));
          texts(json, "atNextStart", plan.atNextStart());
          json.writeNumberField("waitingWrites", plan.waiting());
          texts(json, "hints", plan.hints());
          json.writeArrayFieldStart("proof");
          for (LineProof line : plan.proof().lines()) {
            json.writeStartObject();
            json.writeStringField("line", line.line());
            json.writeStringField("verdict", line.verdict().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("utilisation", line.utilisation().total());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void changed(JsonGenerator json, ChangePlan plan) throws IOException {
    Plant before = plan.base().source().plant().plant();
    Plant after = plan.next().plant().plant();
    json.writeObjectFieldStart("changes");
    for (DeviceSpec device : after.devices()) {
      for (DeviceSpec former : before.devices()) {
        if (former.name().equals(device.name()) && !former.equals(device)) {
          texts(json, device.name(), DeviceWords.changes(former, device));
        }
      }
    }
    json.writeEndObject();
  }

  static String applied(PlantVersion version, String previousFile) {
    return object(
        json -> {
          json.writeStringField("answer", "done");
          json.writeStringField("plant", version.source().plant().plant().name());
          json.writeNumberField("version", version.number());
          json.writeStringField("sha256", version.source().digest());
          json.writeStringField("since", version.since().toString());
          json.writeStringField("user", version.user());
          json.writeStringField("previousFile", previousFile);
        });
  }

  /// Something that is not done, and why.
  static String told(String kind, String sentence, List<Problem> problems) {
    return object(
        json -> {
          json.writeStringField("answer", kind.toLowerCase(Locale.ROOT));
          json.writeStringField("reason", sentence);
          json.writeArrayFieldStart("problems");
          for (Problem problem : problems) {
            json.writeStartObject();
            json.writeStringField("severity", problem.isError() ? "error" : "warning");
            json.writeStringField("file", problem.position().file());
            json.writeNumberField("line", problem.position().line());
            json.writeNumberField("column", problem.position().column());
            json.writeStringField("key", problem.path().toString());
            json.writeStringField("message", problem.message());
            json.writeStringField("remedy", problem.remedy());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void difference(JsonGenerator json, String name, Difference difference)
      throws IOException {
    json.writeObjectFieldStart(name);
    texts(json, "added", difference.added());
    texts(json, "removed", difference.removed());
    texts(json, "changed", difference.changed());
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static String object(Members members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
