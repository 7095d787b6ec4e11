package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Types;
import io.plantbus.protocols.modbus.FileSpan;
import io.plantbus.simulators.bench.UnitServices.FileContent;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of a simulated unit.
final class FileDocument {
  static final ObjectType<FileContent> TYPE =
      ObjectType.of(
          "simulated file",
          "A file of records of 16 bits, numbered from 0 to 9999 at most.",
          keys -> {
            OptionalKey<Integer> records =
                keys.optional(
                    "records",
                    Types.integer(1, FileSpan.RECORDS),
                    "How many; else as many as there are values.");
            OptionalKey<List<Integer>> values =
                keys.optional(
                    "values", Types.list(TableDocument.WORD), "What the first of them hold.");
            OptionalKey<Integer> value =
                keys.optional("value", TableDocument.WORD, "What all of them hold.");
            return fields -> content(fields.get(records), fields.get(values), fields.get(value));
          });

  private FileDocument() {}

  private static FileContent content(
      @Nullable Integer records, @Nullable List<Integer> values, @Nullable Integer value) {
    if (values != null && value != null) {
      throw new IllegalArgumentException("has 'values' and 'value'; keep one of the two");
    }
    if (values != null && values.size() > FileSpan.RECORDS) {
      throw new IllegalArgumentException(
          "there are values up to record %d; the last of a file is 9999"
              .formatted(values.size() - 1));
    }
    int most = records != null ? records : values != null ? values.size() : 0;
    if (most == 0) {
      throw new IllegalArgumentException("has no records; write 'records: 100' or 'values'");
    }
    if (values != null && values.size() > most) {
      throw new IllegalArgumentException(
          "there are " + values.size() + " values for " + most + " records");
    }
    List<Integer> held =
        values != null ? values : Collections.nCopies(most, value == null ? 0 : value);
    return new FileContent(most, held);
  }
}
