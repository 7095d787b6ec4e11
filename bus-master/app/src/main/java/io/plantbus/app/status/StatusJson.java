package io.plantbus.app.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.app.apply.PlantVersion;
import io.plantbus.master.account.Cause;
import io.plantbus.master.account.Culprit;
import io.plantbus.master.account.DeviceUsage;
import io.plantbus.master.account.Latency;
import io.plantbus.master.account.LineTime;
import io.plantbus.master.account.LineUsage;
import io.plantbus.master.account.TagMisses;
import io.plantbus.master.account.Traffic;
import io.plantbus.master.account.Usage;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.proof.Comparison;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A report as one JSON object. Its keys are documented and stay as they are; new ones may come.
final class StatusJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final long PER_MILLION = 1_000_000;

  private final JsonGenerator json;
  private final Snapshot snapshot;

  private StatusJson(JsonGenerator json, Snapshot snapshot) {
    this.json = json;
    this.snapshot = snapshot;
  }

  static String of(Snapshot snapshot) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      new StatusJson(json, snapshot).plant();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private void plant() throws IOException {
    json.writeStartObject();
    json.writeStringField("plant", snapshot.plant());
    json.writeNumberField("pid", snapshot.pid());
    json.writeStringField("time", snapshot.clock().now().toString());
    json.writeNumberField("upSeconds", rounded(snapshot.upNanos() / 1e9));
    version();
    json.writeArrayFieldStart("lines");
    for (LineReport line : snapshot.lines()) {
      line(line);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void version() throws IOException {
    PlantVersion version = snapshot.version();
    json.writeObjectFieldStart("version");
    json.writeNumberField("number", version.number());
    json.writeStringField("since", version.since().toString());
    json.writeStringField("file", version.source().name());
    json.writeStringField("sha256", version.source().digest());
    json.writeStringField("user", version.user());
    json.writeEndObject();
  }

  private void prediction(@Nullable Prediction prediction) throws IOException {
    json.writeFieldName("prediction");
    if (prediction == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    Comparison.LineShare share = prediction.share();
    if (share != null) {
      json.writeNumberField("takenShare", rounded(share.measured()));
      json.writeNumberField("provenShare", rounded(share.predicted()));
    }
    Comparison.TagAge worst = prediction.worst();
    if (worst != null) {
      json.writeObjectFieldStart("worst");
      age(worst);
      json.writeEndObject();
    }
    json.writeArrayFieldStart("exceeded");
    for (Prediction.Exceeded exceeded : prediction.exceeded()) {
      json.writeStartObject();
      age(exceeded.age());
      json.writeStringField("device", exceeded.device());
      json.writeStringField("reason", exceeded.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void age(Comparison.TagAge age) throws IOException {
    json.writeStringField("tag", age.tag());
    json.writeNumberField("measuredMillis", rounded(age.measuredNanos() / 1e6));
    json.writeFieldName("provenMillis");
    if (age.predictedNanos() == Long.MAX_VALUE) {
      json.writeNull();
    } else {
      json.writeNumber(rounded(age.predictedNanos() / 1e6));
    }
  }

  private void line(LineReport line) throws IOException {
    LineUsage usage = line.usage();
    json.writeStartObject();
    json.writeStringField("line", line.name());
    json.writeStringField("port", line.port());
    json.writeBooleanField("connected", line.connected());
    json.writeStringField("trouble", line.trouble());
    json.writeNumberField("reconnects", line.reconnects());
    json.writeNumberField("queuedWrites", line.queuedWrites());
    json.writeNumberField("transactionsPerSecond", rounded(line.transactionsPerSecond()));
    json.writeArrayFieldStart("culprits");
    for (Culprit culprit : snapshot.clock().culprits(usage)) {
      json.writeStartObject();
      json.writeStringField("sentence", culprit.sentence());
      json.writeNumberField("lostShare", rounded(culprit.lostShare()));
      json.writeEndObject();
    }
    json.writeEndArray();
    usage("recent", usage.recent(), usage.recent().time().totalNanos());
    usage("total", usage.total(), usage.total().time().totalNanos());
    prediction(snapshot.prediction(line, false));
    json.writeArrayFieldStart("devices");
    for (DeviceReport device : snapshot.devicesOn(line)) {
      device(device, usage);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void device(DeviceReport report, LineUsage line) throws IOException {
    DeviceUsage device = report.usage();
    json.writeStartObject();
    json.writeStringField("device", report.name());
    json.writeStringField("address", device.address());
    json.writeStringField("health", report.health().name());
    json.writeStringField("reason", report.reason());
    json.writeFieldName("lastAnswer");
    if (device.lastAnswerNanos() == DeviceUsage.NEVER) {
      json.writeNull();
    } else {
      json.writeString(snapshot.clock().instant(device.lastAnswerNanos()).toString());
    }
    usage("recent", device.recent(), line.recent().time().totalNanos());
    usage("total", device.total(), line.total().time().totalNanos());
    latency("recentLatencyMillis", device.recentLatency());
    latency("totalLatencyMillis", device.latency());
    json.writeObjectFieldStart("missedByTag");
    for (TagMisses each : device.missed()) {
      json.writeNumberField(each.tag(), each.missed());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /// @param lineNanos time of the line that shares are shares of
  private void usage(String name, Usage usage, long lineNanos) throws IOException {
    LineTime time = usage.time();
    Traffic traffic = usage.traffic();
    json.writeObjectFieldStart(name);
    json.writeNumberField("seconds", rounded(lineNanos / 1e9));
    json.writeObjectFieldStart("shares");
    for (Cause cause : Cause.values()) {
      json.writeNumberField(key(cause), share(time.nanos(cause), lineNanos));
    }
    json.writeEndObject();
    json.writeNumberField("takenShare", share(time.takenNanos(), lineNanos));
    json.writeNumberField("neededShare", share(usage.neededNanos(), lineNanos));
    json.writeFieldName("efficiency");
    if (Double.isNaN(usage.efficiency())) {
      json.writeNull();
    } else {
      json.writeNumber(rounded(usage.efficiency()));
    }
    json.writeNumberField("transactions", traffic.transactions());
    json.writeNumberField("answers", traffic.answers());
    json.writeNumberField("refusals", traffic.refusals());
    json.writeNumberField("timeouts", traffic.timeouts());
    json.writeNumberField("noises", traffic.noises());
    json.writeNumberField("checksumErrors", traffic.checksumErrors());
    json.writeNumberField("retries", traffic.retries());
    json.writeNumberField("lateAnswers", traffic.lateAnswers());
    json.writeNumberField("missedDeadlines", traffic.missedDeadlines());
    json.writeNumberField("payloadBytes", traffic.payloadBytes());
    json.writeNumberField("overheadBytes", traffic.overheadBytes());
    json.writeEndObject();
  }

  private static String key(Cause cause) {
    return switch (cause) {
      case PAYLOAD -> "payload";
      case OVERHEAD -> "overhead";
      case SILENCE -> "silence";
      case TURNAROUND -> "turnaround";
      case TIMEOUTS -> "timeouts";
      case RETRIES -> "retries";
      case IDLE -> "idle";
      case CLOSED -> "closed";
    };
  }

  private void latency(String name, Latency latency) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("count", latency.count());
    json.writeNumberField("median", rounded(latency.medianNanos() / 1e6));
    json.writeNumberField("p99", rounded(latency.p99Nanos() / 1e6));
    json.writeNumberField("max", rounded(latency.maxNanos() / 1e6));
    json.writeEndObject();
  }

  private static double share(long nanos, long ofNanos) {
    return ofNanos == 0 ? 0 : rounded((double) nanos / ofNanos);
  }

  private static double rounded(double value) {
    return (double) Math.round(value * PER_MILLION) / PER_MILLION;
  }
}
