package io.plantbus.app.observe;

import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.observe.RefusedSpan;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The form of an observations file: JSON, read as the YAML that it also is.
final class ObservationsDocument {
  static final int VERSION = 1;

  private static final Pattern SPAN =
      Pattern.compile("([a-z]+):([0-9]{1,5})(?:\\.\\.([0-9]{1,5}))?");
  private static final int MOST_SPANS = 10_000;
  private static final long LONGEST_MICROS = 60_000_000;

  static final Type<Observations> TYPE =
      ObjectType.of("observations", "What was learned.", ObservationsDocument::keys);

  private ObservationsDocument() {}

  private static ObjectType.Maker<Observations> keys(Keys keys) {
    Key<Integer> version =
        keys.required("version", Types.integer(VERSION, VERSION), "Of the form of this file.");
    Key<Map<String, DeviceObservations>> devices =
        keys.required(
            "devices",
            Types.map(ObjectType.of("device", "One device.", ObservationsDocument::device)),
            "By name.");
    return fields -> {
      fields.get(version);
      return new Observations(fields.get(devices));
    };
  }

  private static ObjectType.Maker<DeviceObservations> device(Keys keys) {
    Type<Long> micros = Types.wholeNumber(0, LONGEST_MICROS);
    Key<Long> typical = keys.optional("turnaround-us", micros, "0", "Mean, microseconds.");
    Key<Long> longest = keys.optional("longest-turnaround-us", micros, "0", "Microseconds.");
    Key<List<RefusedSpan>> refused =
        keys.optional(
            "refused",
            Types.list(
                Types.parsed("a span", "a span such as holding:2..5", ObservationsDocument::span),
                0,
                MOST_SPANS),
            "[]",
            "Spans that it refuses to give at once.");
    Key<Map<DataTable, Integer>> limits =
        keys.optional(
            "limits",
            Types.map(
                Types.parsed("a table", "a table such as holding", ObservationsDocument::table),
                Types.integer(1, 2000)),
            "{}",
            "The most elements that it gives at once.");
    return fields ->
        new DeviceObservations(
            fields.get(typical) * 1000,
            fields.get(longest) * 1000,
            fields.get(refused),
            fields.get(limits));
  }

  private static DataTable table(String keyword) {
    return Arrays.stream(DataTable.values())
        .filter(table -> table.keyword().equals(keyword))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + keyword + "' is no table"));
  }

  private static RefusedSpan span(String text) {
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no span such as holding:2..5");
    }
    int first = Integer.parseInt(matcher.group(2));
    int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
    return new RefusedSpan(table(matcher.group(1)), new AddressRange(first, last - first + 1));
  }

  static String text(RefusedSpan span) {
    return span.table().keyword() + ":" + span.range();
  }
}
