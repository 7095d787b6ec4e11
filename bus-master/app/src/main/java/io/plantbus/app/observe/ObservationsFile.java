package io.plantbus.app.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Reading;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.observe.RefusedSpan;
import io.plantbus.protocols.modbus.DataTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Keeps what was learned about the devices of a plant in a file beside the plant file,
/// `plant.yaml`'s in `plant.observations.json`. It is written anew as a whole: after a power cut
/// there is the old one or the new one. Deleting it makes the master learn again; nothing else is
/// lost. Owned by one thread.
public final class ObservationsFile {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final double CHANGE_THAT_MATTERS = 0.2;

  private final Path file;
  private Observations kept = Observations.NONE;

  private ObservationsFile(Path file) {
    this.file = file;
  }

  /// The file of a plant.
  ///
  /// @param plant the plant file
  public static ObservationsFile beside(Path plant) {
    String name = String.valueOf(plant.getFileName()).replaceFirst("\\.ya?ml$", "");
    return new ObservationsFile(plant.toAbsolutePath().resolveSibling(name + ".observations.json"));
  }

  /// Where it is.
  public Path path() {
    return file;
  }

  /// What it holds; nothing if there is none.
  public Reading<Observations> read() {
    if (!Files.exists(file)) {
      return new Reading<>(Observations.NONE, List.of());
    }
    Reading<Observations> reading =
        new DocumentReader(_ -> null).read(file, ObservationsDocument.TYPE);
    Observations value = reading.value();
    kept = value == null ? Observations.NONE : value;
    return reading;
  }

  /// Writes what is known by now, if it differs from what is kept by more than a device's usual
  /// variation.
  ///
  /// @return whether it was written
  /// @throws IOException if it cannot be written
  public boolean keep(Observations known) throws IOException {
    if (!differs(known)) {
      return false;
    }
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
            FileChannel.open(
                next,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel);
        JsonGenerator json = FACTORY.createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      write(json, known);
      json.flush();
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    kept = known;
    return true;
  }

  private boolean differs(Observations known) {
    for (Map.Entry<String, DeviceObservations> entry : known.devices().entrySet()) {
      DeviceObservations now = entry.getValue();
      DeviceObservations before = kept.of(entry.getKey());
      if (!now.refused().equals(before.refused())
          || !now.limits().equals(before.limits())
          || differs(now.turnaroundNanos(), before.turnaroundNanos())
          || now.longestTurnaroundNanos()
              > before.longestTurnaroundNanos() * (1 + CHANGE_THAT_MATTERS)) {
        return true;
      }
    }
    return false;
  }

  private static boolean differs(long now, long before) {
    return Math.abs(now - before) > before * CHANGE_THAT_MATTERS;
  }

  private static void write(JsonGenerator json, Observations known) throws IOException {
    json.writeStartObject();
    json.writeNumberField("version", ObservationsDocument.VERSION);
    json.writeObjectFieldStart("devices");
    for (Map.Entry<String, DeviceObservations> entry : new TreeMap<>(known.devices()).entrySet()) {
      if (!entry.getValue().equals(DeviceObservations.NONE)) {
        json.writeObjectFieldStart(entry.getKey());
        write(json, entry.getValue());
        json.writeEndObject();
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, DeviceObservations device) throws IOException {
    json.writeNumberField("turnaround-us", device.turnaroundNanos() / 1000);
    json.writeNumberField("longest-turnaround-us", device.longestTurnaroundNanos() / 1000);
    json.writeArrayFieldStart("refused");
    for (RefusedSpan span : device.refused()) {
      json.writeString(ObservationsDocument.text(span));
    }
    json.writeEndArray();
    json.writeObjectFieldStart("limits");
    for (Map.Entry<DataTable, Integer> limit : new TreeMap<>(device.limits()).entrySet()) {
      json.writeNumberField(limit.getKey().keyword(), limit.getValue());
    }
    json.writeEndObject();
  }
}
