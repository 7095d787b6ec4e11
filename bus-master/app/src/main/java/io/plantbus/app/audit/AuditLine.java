package io.plantbus.app.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.devices.TagValue;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.write.ReadBack;
import io.plantbus.master.write.WriteIntent;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.master.write.WriteStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The lines of an audit file: one JSON object each. Immutable.
///
/// @param run tells this run of the master from others: its start, milliseconds since 1970
record AuditLine(long run) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /// Writes the members of a line.
  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /// The run begins.
  ///
  /// @param tornBytes what was cut off the end of the file
  /// @param open the writes of the run before that have no last line, as `run/id`
  byte[] started(long epochMicros, String plant, long tornBytes, List<String> open) {
    return line(
        epochMicros,
        "start",
        json -> {
          json.writeStringField("plant", plant);
          if (tornBytes > 0) {
            json.writeNumberField("tornBytes", tornBytes);
          }
          if (!open.isEmpty()) {
            json.writeArrayFieldStart("withoutOutcome");
            for (String write : open) {
              json.writeString(write);
            }
            json.writeEndArray();
          }
        });
  }

  /// Another plant was applied.
  ///
  /// @param version of the plant that runs from now on, 2 or more
  /// @param digest SHA-256 of its file
  /// @param user who asked for it; empty if that is not known
  byte[] applied(long epochMicros, int version, String file, String digest, String user) {
    return line(
        epochMicros,
        "applied",
        json -> {
          json.writeNumberField("version", version);
          json.writeStringField("file", file);
          json.writeStringField("sha256", digest);
          if (!user.isEmpty()) {
            json.writeStringField("user", user);
          }
        });
  }

  /// Records could not be kept.
  byte[] lost(long epochMicros, long records) {
    return line(epochMicros, "lost", json -> json.writeNumberField("records", records));
  }

  /// Somebody asks for a write.
  byte[] asked(WriteIntent write) {
    return line(
        write.epochMicros(),
        "asked",
        json -> {
          json.writeNumberField("id", write.id());
          subject(json, write);
          json.writeNumberField("ttlMillis", write.command().timeToLiveNanos() / 1_000_000);
        });
  }

  /// A step of a write; the last one says once more what it was about.
  byte[] stepped(WriteIntent write, WriteStep step) {
    return line(
        step.epochMicros(),
        step.state().keyword(),
        json -> {
          json.writeNumberField("id", step.id());
          if (step.isLast()) {
            json.writeBooleanField("last", true);
            subject(json, write);
          }
          if (step.answer() instanceof WriteOutcome.Refused(var refusal)) {
            json.writeNumberField("exception", refusal.code());
          }
          ReadBack readBack = step.readBack();
          if (readBack != null) {
            json.writeObjectFieldStart("after");
            value(json, readBack.value());
            if (!readBack.raw().isEmpty()) {
              json.writeStringField("raw", readBack.raw());
            }
            json.writeEndObject();
          }
          if (!step.reason().isEmpty()) {
            json.writeStringField("reason", step.reason());
          }
        });
  }

  private static void subject(JsonGenerator json, WriteIntent write) throws IOException {
    json.writeStringField("origin", write.command().origin());
    json.writeStringField("class", write.command().priority().name().toLowerCase(Locale.ROOT));
    json.writeStringField("tag", write.command().tag());
    if (!write.device().isEmpty()) {
      json.writeStringField("line", write.line());
      json.writeStringField("device", write.device());
      json.writeStringField("address", write.address());
    }
    value(json, write.command().value());
    if (!write.raw().isEmpty()) {
      json.writeStringField("raw", write.raw());
    }
    TagSample before = write.before();
    if (before != null) {
      json.writeObjectFieldStart("before");
      value(json, before.value());
      json.writeStringField("quality", before.quality().symbol());
      long age = before.ageNanos(write.nanos());
      if (age >= 0) {
        json.writeNumberField("ageMillis", age / 1_000_000);
      }
      json.writeEndObject();
    }
  }

  private static void value(JsonGenerator json, @Nullable TagValue value) throws IOException {
    json.writeFieldName("value");
    switch (value) {
      case null -> json.writeNull();
      case TagValue.Bool(boolean state) -> json.writeBoolean(state);
      case TagValue.Whole whole -> json.writeNumber(whole.toString());
      case TagValue.Real(double real) -> json.writeNumber(real);
      case TagValue.Text(String text) -> json.writeString(text);
    }
  }

  private byte[] line(long epochMicros, String event, Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("at", Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).toString());
      json.writeNumberField("run", run);
      json.writeStringField("event", event);
      members.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }
}
