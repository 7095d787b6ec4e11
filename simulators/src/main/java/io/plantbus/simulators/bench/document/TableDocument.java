package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Raw tables of a bench file.
final class TableDocument {
  private record Span(AddressRange range, List<Integer> values) {}

  private static final ObjectType<Span> BIT_SPAN =
      span("bit span", "coils or discrete inputs", bit());
  private static final ObjectType<Span> WORD_SPAN =
      span("register span", "registers", Types.integer(-32_768, 65_535).as(word -> word & 0xFFFF));

  /// The tables of one unit.
  static final ObjectType<List<RawTable>> TYPE =
      ObjectType.of(
          "raw tables",
          "What each table of a slave holds; addresses outside of it are refused.",
          keys -> {
            Key<List<Span>> coils =
                keys.optional("coils", Types.list(BIT_SPAN), "[]", "Read and written.");
            Key<List<Span>> discrete =
                keys.optional("discrete", Types.list(BIT_SPAN), "[]", "Read only.");
            Key<List<Span>> input =
                keys.optional("input", Types.list(WORD_SPAN), "[]", "Read only.");
            Key<List<Span>> holding =
                keys.optional("holding", Types.list(WORD_SPAN), "[]", "Read and written.");
            return fields -> {
              List<RawTable> tables = new ArrayList<>();
              add(tables, DataTable.COILS, fields.get(coils));
              add(tables, DataTable.DISCRETE_INPUTS, fields.get(discrete));
              add(tables, DataTable.INPUT_REGISTERS, fields.get(input));
              add(tables, DataTable.HOLDING_REGISTERS, fields.get(holding));
              return tables;
            };
          });

  private TableDocument() {}

  private static void add(List<RawTable> tables, DataTable table, List<Span> spans) {
    spans.forEach(span -> tables.add(new RawTable(table, span.range(), span.values())));
  }

  private static Type<Integer> bit() {
    return Types.text("0|1|true|false", "a state", "true or false")
        .as(text -> text.equals("1") || text.equals("true") ? 1 : 0);
  }

  private static ObjectType<Span> span(String name, String what, Type<Integer> element) {
    return ObjectType.of(
        name,
        "Consecutive " + what + ".",
        keys -> {
          Key<Integer> start =
              keys.optional("start", Types.integer(0, 65_535), "0", "First address, 0-based.");
          OptionalKey<Integer> count =
              keys.optional(
                  "count", Types.integer(1, 65_536), "How many; else as many as there are values.");
          OptionalKey<List<Integer>> values =
              keys.optional("values", Types.list(element), "What the first of them hold.");
          OptionalKey<Integer> value = keys.optional("value", element, "What all of them hold.");
          return fields ->
              span(fields.get(start), fields.get(count), fields.get(values), fields.get(value));
        });
  }

  private static Span span(
      int start, @Nullable Integer count, @Nullable List<Integer> values, @Nullable Integer value) {
    if (values != null && value != null) {
      throw new IllegalArgumentException("has 'values' and 'value'; keep one of the two");
    }
    int most = count != null ? count : values != null ? values.size() : 1;
    if (values != null && values.size() > most) {
      throw new IllegalArgumentException(
          "there are " + values.size() + " values for a count of " + most);
    }
    List<Integer> held =
        values != null ? values : Collections.nCopies(most, value == null ? 0 : value);
    return new Span(new AddressRange(start, most), held);
  }
}
