package io.plantbus.protocols.modbus;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An address as people write it: a table and a place in it.
///
/// Two families of forms are in use, and mixing them up reads the register beside the wanted one:
///
/// | written | counts from | table, address |
/// |---|---|---|
/// | `40001`, `400001`, `4x00001` (Modicon: leading digit 0, 1, 3 or 4) | 1 | holding, 0 |
/// | `holding:100`, `hr100`, `hr:0x64`, `coil:5`, `di7`, `ir3` | 0 | as written |
///
/// @param table one of the four tables
/// @param address 0-based as on the wire, 0..65535
public record RegisterAddress(DataTable table, int address) {
  private static final Pattern MODICON = Pattern.compile("([0134])(?:(\\d{4,5})|x(\\d{5}))");
  private static final Pattern NAMED =
      Pattern.compile("([a-z]+(?:[ _-][a-z]+)?) ?:? ?(\\d{1,9}|0x[0-9a-f]{1,8})");
  private static final Map<String, DataTable> KEYWORDS =
      Map.ofEntries(
          Map.entry("coil", DataTable.COILS),
          Map.entry("coils", DataTable.COILS),
          Map.entry("co", DataTable.COILS),
          Map.entry("discrete", DataTable.DISCRETE_INPUTS),
          Map.entry("discrete-input", DataTable.DISCRETE_INPUTS),
          Map.entry("di", DataTable.DISCRETE_INPUTS),
          Map.entry("input", DataTable.INPUT_REGISTERS),
          Map.entry("input-register", DataTable.INPUT_REGISTERS),
          Map.entry("ir", DataTable.INPUT_REGISTERS),
          Map.entry("holding", DataTable.HOLDING_REGISTERS),
          Map.entry("holding-register", DataTable.HOLDING_REGISTERS),
          Map.entry("hr", DataTable.HOLDING_REGISTERS));

  public RegisterAddress {
    if (!AddressRange.isValid(address, 1)) {
      throw new IllegalArgumentException("an address must be 0..65535, was " + address);
    }
  }

  /// Reads any of the forms; case does not matter.
  ///
  /// @throws IllegalArgumentException with what is wrong and what to write
  public static RegisterAddress of(String text) {
    String form = text.strip().toLowerCase(Locale.ROOT);
    Matcher modicon = MODICON.matcher(form);
    if (modicon.matches()) {
      return ofModicon(text, modicon);
    }
    Matcher named = NAMED.matcher(form);
    if (named.matches()) {
      return ofNamed(text, named.group(1).replaceAll("[ _]", "-"), named.group(2));
    }
    if (form.matches("\\d{1,5}|0x[0-9a-f]{1,4}")) {
      throw new IllegalArgumentException(
          "'%s' names no table; write holding:%s to count from 0, or 40001 and so on to count from 1"
              .formatted(text, form));
    }
    throw new IllegalArgumentException(
        "'%s' is not an address; write one such as holding:100, hr100, hr:0x64, coil:5, 40101 or"
                .formatted(text)
            + " 4x00101");
  }

  private static RegisterAddress ofModicon(String text, Matcher matcher) {
    String digits = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
    int reference = Integer.parseInt(digits);
    DataTable table = tableOf(matcher.group(1).charAt(0) - '0');
    if (reference == 0) {
      throw new IllegalArgumentException(
          "'%s' does not exist: this form counts from 1; write %s or %s:0"
              .formatted(text, new RegisterAddress(table, 0).modicon(), table.keyword()));
    }
    if (reference > AddressRange.ADDRESS_SPACE) {
      throw new IllegalArgumentException(
          "'%s' lies beyond the last address; write at most %s"
              .formatted(text, new RegisterAddress(table, 65_535).modicon()));
    }
    return new RegisterAddress(table, reference - 1);
  }

  private static RegisterAddress ofNamed(String text, String keyword, String number) {
    DataTable table = KEYWORDS.get(keyword);
    if (table == null) {
      throw new IllegalArgumentException(
          "'%s' names no table; write coil, discrete, input or holding (co, di, ir, hr) before the"
                  .formatted(text)
              + " address");
    }
    long address = Long.decode(number.startsWith("0x") ? number : withoutZeros(number));
    if (address >= AddressRange.ADDRESS_SPACE) {
      throw new IllegalArgumentException(
          "'%s' lies beyond the last address; write at most %s:65535"
              .formatted(text, table.keyword()));
    }
    return new RegisterAddress(table, (int) address);
  }

  /// Leading zeros would make the number octal.
  private static String withoutZeros(String decimal) {
    return decimal.replaceFirst("^0+(?=\\d)", "");
  }

  private static DataTable tableOf(int modiconDigit) {
    for (DataTable table : DataTable.values()) {
      if (table.modiconDigit() == modiconDigit) {
        return table;
      }
    }
    throw new IllegalArgumentException("no table has the leading digit " + modiconDigit);
  }

  /// The 1-based Modicon form: five digits, or six beyond the reference 9999: `40101`, `410000`.
  public String modicon() {
    int reference = address + 1;
    return table.modiconDigit() + (reference <= 9999 ? "%04d" : "%05d").formatted(reference);
  }

  /// The 0-based form, such as `holding:100`.
  public String named() {
    return table.keyword() + ":" + address;
  }

  /// Both forms, such as `holding:100 (40101)`.
  @Override
  public String toString() {
    return named() + " (" + modicon() + ")";
  }
}
