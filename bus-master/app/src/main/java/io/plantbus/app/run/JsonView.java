package io.plantbus.app.run;

import io.plantbus.app.live.PlantView;
import io.plantbus.app.scada.ScadaReport;
import io.plantbus.master.BusMaster;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.plant.TagSpec;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A running plant for scripts: one JSON object per change, on a line of its own.
final class JsonView implements PlantView {
  private final PrintWriter out;
  private final Map<String, TagSample> samples = new HashMap<>();
  private final Map<String, DeviceReport.Health> devices = new HashMap<>();
  private @Nullable ScadaReport served;

  JsonView(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void refresh(BusMaster master, long nowNanos) {
    for (DeviceReport device : master.devices()) {
      if (devices.put(device.name(), device.health()) != device.health()) {
        Json.print(
            out,
            json -> {
              json.writeStringField("device", device.name());
              json.writeStringField("line", device.line());
              json.writeStringField("health", device.health().name());
              json.writeStringField("reason", device.reason());
            });
      }
    }
    for (TagSpec tag : master.plant().tags()) {
      TagSample sample = master.image().sample(tag.name(), nowNanos);
      if (sample != null && !sample.equals(samples.put(tag.name(), sample))) {
        print(tag, sample);
      }
    }
    out.flush();
  }

  private void print(TagSpec tag, TagSample sample) {
    Json.print(
        out,
        json -> {
          json.writeStringField("tag", tag.name());
          Json.value(json, "value", sample.value());
          json.writeStringField("unit", tag.resource().unit());
          json.writeStringField("quality", sample.quality().symbol());
          json.writeNumberField("epochMicros", sample.sourceEpochMicros());
          if (!sample.reason().isEmpty()) {
            json.writeStringField("reason", sample.reason());
          }
        });
  }

  @Override
  public void scada(ScadaReport report) {
    if (!report.equals(served)) {
      served = report;
      Json.print(
          out,
          json -> {
            json.writeStringField("scada", report.name());
            json.writeNumberField("clients", report.clients());
            json.writeNumberField("denials", report.denials());
            json.writeNumberField("turnedAway", report.turnedAway());
          });
    }
  }

  @Override
  public void note(String line) {
    Json.print(out, json -> json.writeStringField("note", line));
  }

  @Override
  public void close() {
    out.flush();
  }
}
