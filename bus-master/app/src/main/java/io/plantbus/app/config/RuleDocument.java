package io.plantbus.app.config;

import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.security.Access.Kind;
import io.plantbus.protocols.modbus.security.AuthorizationRule;
import io.plantbus.protocols.modbus.security.AuthorizationRule.Grant;
import io.plantbus.protocols.modbus.security.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The keys of one rule of who may do what.
record RuleDocument(
    OptionalKey<Role> role,
    OptionalKey<List<Integer>> units,
    OptionalKey<List<Integer>> functions,
    Key<Set<Kind>> access,
    OptionalKey<DataTable> table,
    OptionalKey<List<AddressRange>> addresses) {
  private static final int MOST_SPANS = 256;

  /// What reads tables, and identification: 23 needs both kinds of access.
  private static final Set<Integer> READING = Set.of(1, 2, 3, 4, 17, 23, 43);

  private static final Set<Integer> WRITING = Set.of(5, 6, 15, 16, 22, 23);

  private static final Type<AddressRange> SPAN =
      Types.parsed(
          "a span of addresses", "one such as 100, or a span such as 100..199", RuleDocument::span);

  /// A rule.
  static final Type<AuthorizationRule> TYPE =
      ObjectType.of(
          "authorisation rule",
          "What clients of one role may do. What no rule allows is answered with exception 01.",
          RuleDocument::keys);

  private static ObjectType.Maker<AuthorizationRule> keys(Keys keys) {
    RuleDocument written =
        new RuleDocument(
            keys.optional(
                "role",
                Types.parsed("a role", "the role in the client's certificate", Role::new),
                "The role in the client's certificate; any client with a trusted certificate if"
                    + " left away."),
            keys.optional("units", oneOrMore(0, 255), "Unit ids; all if left away."),
            keys.optional(
                "functions",
                oneOrMore(1, 127),
                "Function codes; if left away those that read or write, as `access` says, and 17 and"
                    + " 43 for reading."),
            keys.optional(
                "access",
                ChoiceType.<Set<Kind>>of("read", EnumSet.of(Kind.READ))
                    .or("write", EnumSet.of(Kind.WRITE))
                    .or("read-write", EnumSet.allOf(Kind.class)),
                "read",
                "What may be done with the addresses."),
            keys.optional("table", tables(), "Which table; all if left away."),
            keys.optional(
                "addresses",
                Types.shorthand(SPAN.as(List::of), Types.list(SPAN, 1, MOST_SPANS)),
                "Address or addresses, such as `100..199`; all if left away."));
    return written::rule;
  }

  private static Type<List<Integer>> oneOrMore(int least, int most) {
    return Types.shorthand(
        Types.integer(least, most).as(List::of),
        Types.list(Types.integer(least, most), 1, most + 1));
  }

  private static Type<DataTable> tables() {
    return ChoiceType.of(DataTable.COILS.keyword(), DataTable.COILS)
        .or(DataTable.DISCRETE_INPUTS.keyword(), DataTable.DISCRETE_INPUTS)
        .or(DataTable.INPUT_REGISTERS.keyword(), DataTable.INPUT_REGISTERS)
        .or(DataTable.HOLDING_REGISTERS.keyword(), DataTable.HOLDING_REGISTERS);
  }

  private static AddressRange span(String text) {
    if (!text.matches("[0-9]{1,5}([.][.][0-9]{1,5})?")) {
      throw new IllegalArgumentException(
          "'" + text + "' names no addresses: write one such as 100, or a span such as 100..199");
    }
    String[] ends = text.split("[.][.]", 2);
    int first = Integer.parseInt(ends[0]);
    int last = ends.length == 1 ? first : Integer.parseInt(ends[1]);
    if (last < first || last >= AddressRange.ADDRESS_SPACE) {
      throw new IllegalArgumentException(
          "'" + text + "' names no addresses: they go upwards from 0 to 65535");
    }
    return new AddressRange(first, last - first + 1);
  }

  private AuthorizationRule rule(Fields fields) {
    Set<Kind> kinds = fields.get(access);
    List<Integer> asked = fields.get(units);
    return new AuthorizationRule(
        fields.get(role),
        asked == null
            ? AuthorizationRule.ALL_UNITS
            : asked.stream().map(UnitId::of).collect(Collectors.toSet()),
        functions(fields.get(functions), kinds),
        grants(kinds, fields));
  }

  private static Set<Integer> functions(@Nullable List<Integer> written, Set<Kind> kinds) {
    if (written != null) {
      return Set.copyOf(written);
    }
    Set<Integer> usual = new HashSet<>();
    if (kinds.contains(Kind.READ)) {
      usual.addAll(READING);
    }
    if (kinds.contains(Kind.WRITE)) {
      usual.addAll(WRITING);
    }
    return usual;
  }

  private List<Grant> grants(Set<Kind> kinds, Fields fields) {
    DataTable only = fields.get(table);
    if (only != null && kinds.contains(Kind.WRITE) && !only.isWritable()) {
      throw new IllegalArgumentException(
          "nobody can write the table '%s': write 'access: read'".formatted(only.keyword()));
    }
    List<AddressRange> spans = fields.get(addresses);
    List<Grant> grants = new ArrayList<>();
    for (DataTable one : only == null ? List.of(DataTable.values()) : List.of(only)) {
      Set<Kind> possible = EnumSet.copyOf(kinds);
      if (!one.isWritable()) {
        possible.remove(Kind.WRITE);
      }
      for (AddressRange span : spans == null ? List.of(AuthorizationRule.ALL_ADDRESSES) : spans) {
        grants.add(new Grant(possible, one, span));
      }
    }
    return grants;
  }
}
