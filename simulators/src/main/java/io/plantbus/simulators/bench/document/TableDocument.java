package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Raw tables of a bench file.
final class TableDocument {
  private record Span(AddressRange range, List<Integer> values) {}

  /// What a register holds; negative numbers are two's complements.
  static final Type<Integer> WORD = Types.integer(-32_768, 65_535).as(word -> word & 0xFFFF);

  private static final ObjectType<Span> BIT_SPAN =
      span("bit span", "coils or discrete inputs", bit());
  private static final ObjectType<Span> WORD_SPAN = span("register span", "registers", WORD);

  /// The tables of one unit.
  static final ObjectType<List<RawTable>> TYPE =
      ObjectType.of(
          "raw tables",
          "What each table of a slave holds; addresses outside of it are refused.",
          keys -> {
            Key<List<Located<Span>>> coils =
                keys.optional(
                    "coils", Types.list(Types.located(BIT_SPAN)), "[]", "Read and written.");
            Key<List<Located<Span>>> discrete =
                keys.optional("discrete", Types.list(Types.located(BIT_SPAN)), "[]", "Read only.");
            Key<List<Located<Span>>> input =
                keys.optional("input", Types.list(Types.located(WORD_SPAN)), "[]", "Read only.");
            Key<List<Located<Span>>> holding =
                keys.optional(
                    "holding", Types.list(Types.located(WORD_SPAN)), "[]", "Read and written.");
            return fields -> {
              List<RawTable> tables = new ArrayList<>();
              Problems problems = fields.problems();
              add(tables, DataTable.COILS, fields.get(coils), problems);
              add(tables, DataTable.DISCRETE_INPUTS, fields.get(discrete), problems);
              add(tables, DataTable.INPUT_REGISTERS, fields.get(input), problems);
              add(tables, DataTable.HOLDING_REGISTERS, fields.get(holding), problems);
              return tables;
            };
          });

  private TableDocument() {}

  private static void add(
      List<RawTable> tables, DataTable table, List<Located<Span>> spans, Problems problems) {
    BitSet taken = new BitSet();
    for (Located<Span> span : spans) {
      AddressRange range = span.value().range();
      int twice = taken.nextSetBit(range.start());
      if (twice >= 0 && twice <= range.last()) {
        problems.error(
            span.where(),
            "%s %d is in a span above, too".formatted(table.keyword(), twice),
            "move one of the two, or shorten it");
      }
      taken.set(range.start(), range.last() + 1);
      tables.add(new RawTable(table, range, span.value().values()));
    }
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
    if (!AddressRange.isValid(start, most)) {
      throw new IllegalArgumentException(
          most == 0
              ? "has no values; write one at least, or 'count'"
              : "ends at address %d; the last one is 65535".formatted(start + most - 1));
    }
    List<Integer> held =
        values != null ? values : Collections.nCopies(most, value == null ? 0 : value);
    return new Span(new AddressRange(start, most), held);
  }
}
