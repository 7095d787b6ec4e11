package io.plantbus.app.proof;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.Finding;
import io.plantbus.master.proof.LineProof;
import io.plantbus.master.proof.PollBound;
import io.plantbus.master.proof.Remedy;
import io.plantbus.master.proof.SilentCost;
import io.plantbus.master.proof.TagBound;
import io.plantbus.master.proof.Utilisation;
import io.plantbus.master.proof.WriteBound;
import io.plantbus.master.proof.load.Assumptions;
import io.plantbus.master.proof.load.Turnaround;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was proven, as JSON: times in milliseconds, `null` where there is no end; shares of 1.
public final class PlanJson {
  private final ProvenPlant proven;
  private final Places places;

  /// @param environment gives the value of a variable, or null if it is not set
  public PlanJson(ProvenPlant proven, Function<String, @Nullable String> environment) {
    this.proven = proven;
    this.places = Places.of(proven, environment);
  }

  /// Writes the member `proof`.
  ///
  /// @throws IOException if the generator fails
  public void write(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("proof");
    json.writeBooleanField("works", !proven.proof().isRejected());
    Assumptions taken = proven.proof().assumptions();
    json.writeNumberField("writesPerSecond", taken.writesPerSecond());
    json.writeNumberField("writesAtOnce", taken.writesAtOnce());
    json.writeArrayFieldStart("lines");
    for (LineProof line : proven.proof().lines()) {
      line(json, line);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void line(JsonGenerator json, LineProof line) throws IOException {
    json.writeStartObject();
    json.writeStringField("line", line.line());
    json.writeStringField("verdict", word(line.verdict()));
    json.writeBooleanField("exact", line.exact());
    utilisation(json, line.utilisation());
    writes(json, line);
    silent(json, line);
    findings(json, line);
    remedies(json, line);
    turnarounds(json, line);
    polls(json, line);
    tags(json, line);
    json.writeEndObject();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void millis(JsonGenerator json, String name, long nanos) throws IOException {
    if (nanos == Long.MAX_VALUE) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, nanos / 1e6);
    }
  }

  private static void utilisation(JsonGenerator json, Utilisation utilisation) throws IOException {
    json.writeObjectFieldStart("utilisation");
    for (Priority priority : Priority.values()) {
      json.writeNumberField(word(priority), utilisation.of(priority));
    }
    json.writeNumberField("writes", utilisation.writes());
    json.writeNumberField("total", utilisation.total());
    json.writeNumberField("silentAtMost", utilisation.silent());
    json.writeEndObject();
  }

  private static void writes(JsonGenerator json, LineProof line) throws IOException {
    json.writeArrayFieldStart("writes");
    for (WriteBound bound : line.writes()) {
      json.writeStartObject();
      json.writeStringField("class", word(bound.priority()));
      millis(json, "latencyMillis", bound.latencyNanos());
      millis(json, "besideSilentMillis", bound.besideSilentNanos());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void silent(JsonGenerator json, LineProof line) throws IOException {
    json.writeArrayFieldStart("silent");
    for (SilentCost cost : line.silent()) {
      json.writeStartObject();
      json.writeNumberField("devices", cost.devices());
      json.writeNumberField("share", cost.share());
      millis(json, "pauseMillis", cost.pauseNanos());
      others(json, "atFirst", cost.atFirst());
      others(json, "later", cost.later());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void others(JsonGenerator json, String name, SilentCost.Others others)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("worstTag", others.worstTag());
    millis(json, "ageMillis", others.ageNanos());
    json.writeNumberField("lateTags", others.lateTags());
    json.writeEndObject();
  }

  private void findings(JsonGenerator json, LineProof line) throws IOException {
    json.writeArrayFieldStart("findings");
    for (Finding finding : line.findings()) {
      Places.Place place = places.of(line.line(), finding);
      json.writeStartObject();
      json.writeStringField("kind", word(finding.kind()));
      json.writeBooleanField("rejected", finding.isRejection());
      json.writeStringField("file", place.position().file());
      json.writeNumberField("line", place.position().line());
      json.writeNumberField("column", place.position().column());
      json.writeStringField("key", place.path().toString());
      json.writeStringField("message", finding.message());
      json.writeArrayFieldStart("tags");
      for (String tag : finding.tags()) {
        json.writeString(tag);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void remedies(JsonGenerator json, LineProof line) throws IOException {
    json.writeArrayFieldStart("remedies");
    for (Remedy remedy : line.remedies()) {
      json.writeStartObject();
      json.writeStringField("kind", word(remedy.kind()));
      json.writeStringField("words", remedy.words());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void turnarounds(JsonGenerator json, LineProof line) throws IOException {
    json.writeArrayFieldStart("turnarounds");
    for (Turnaround turnaround : line.turnarounds()) {
      json.writeStartObject();
      json.writeStringField("device", turnaround.device());
      millis(json, "millis", turnaround.nanos());
      json.writeStringField("source", word(turnaround.source()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void polls(JsonGenerator json, LineProof line) throws IOException {
    json.writeArrayFieldStart("polls");
    for (PollBound poll : line.polls()) {
      json.writeStartObject();
      json.writeStringField("device", poll.device());
      json.writeStringField(
          "request", poll.request().table().keyword() + ":" + poll.request().range());
      json.writeStringField("class", word(poll.priority()));
      millis(json, "periodMillis", poll.periodNanos());
      millis(json, "occupiedMillis", poll.occupiedNanos());
      millis(json, "responseMillis", poll.responseNanos());
      millis(json, "responseBesideSilentMillis", poll.besideSilentNanos());
      json.writeNumberField("tags", poll.tags().size());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void tags(JsonGenerator json, LineProof line) throws IOException {
    json.writeArrayFieldStart("tags");
    for (TagBound bound : line.tags()) {
      json.writeStartObject();
      json.writeStringField("tag", bound.tag().name());
      millis(json, "ageMillis", bound.ageNanos());
      millis(json, "ageBesideSilentMillis", bound.ageBesideSilentNanos());
      millis(json, "staleMillis", bound.tag().staleAfterNanos());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
