package io.plantbus.devices.profile;

import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.profile.ResourceEntry.Attributes;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterAddress;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the Modbus attributes of one resource.
final class ModbusPointReader {
  private static final Pattern BIT_ADDRESS = Pattern.compile("(\\d{1,5})\\.(\\d+)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}|0[xX][0-9A-Fa-f]{1,4}");

  private final ResourceEntry entry;
  private final Attributes attributes;
  private final Problems problems;
  private int addressedBit = -1;

  ModbusPointReader(ResourceEntry entry, Problems problems) {
    this.entry = entry;
    this.attributes = entry.attributes();
    this.problems = problems;
  }

  @Nullable Point read() {
    RegisterAddress address = address();
    if (address == null) {
      return null;
    }
    DataTable table = address.table();
    boolean writable = checkAccess(table);
    RegisterEncoding encoding =
        table.isBits() ? bit(table) : new EncodingReader(entry, problems).read(addressedBit);
    if (encoding == null || !writable) {
      return null;
    }
    int count = table.isBits() ? 1 : encoding.registers();
    if (!AddressRange.isValid(address.address(), count)) {
      problems.error(
          attributes.where(),
          "%d registers from %s on go beyond the last address, 65535".formatted(count, address),
          "write a smaller startingAddress");
      return null;
    }
    return new Point.Modbus(table, new AddressRange(address.address(), count), encoding);
  }

  private boolean checkAccess(DataTable table) {
    if (!entry.properties().access().canWrite() || table.isWritable()) {
      return true;
    }
    problems.error(
        entry.properties().where(),
        table.keyword() + (table.isBits() ? " inputs" : " registers") + " cannot be written",
        "write 'readWrite: R', or another primaryTable");
    return false;
  }

  private @Nullable RegisterEncoding bit(DataTable table) {
    DataType raw = attributes.rawType();
    if (entry.properties().valueType() == DataType.BOOL
        && (raw == null || raw == DataType.BOOL)
        && attributes.bits() == null) {
      return RegisterEncoding.of(DataType.BOOL);
    }
    problems.error(
        attributes.where(),
        "an element of the table of " + table.keyword() + "s is one bit",
        "write 'valueType: Bool' without rawType and bits, or another primaryTable");
    return null;
  }

  private @Nullable RegisterAddress address() {
    Located<String> written = attributes.startingAddress();
    if (written == null) {
      problems.error(
          attributes.where(),
          "required key 'startingAddress' is missing",
          "write a number 0..65535");
      return null;
    }
    String text = written.value().strip();
    Matcher withBit = BIT_ADDRESS.matcher(text);
    if (withBit.matches()) {
      if (withBit.group(2).length() != 2 || Integer.parseInt(withBit.group(2)) > 15) {
        problems.error(
            written.where(),
            "a bit is written with two digits, 00..15",
            "write %s.%02d for bit %<d, or use 'bits'"
                .formatted(withBit.group(1), firstDigit(withBit.group(2))));
        return null;
      }
      addressedBit = Integer.parseInt(withBit.group(2));
      return plain(written, Integer.parseInt(withBit.group(1)));
    }
    if (NUMBER.matcher(text).matches()) {
      boolean hexadecimal = text.length() > 2 && Character.isLetter(text.charAt(1));
      return plain(written, hexadecimal ? Integer.decode(text) : Integer.parseInt(text));
    }
    return named(written, text);
  }

  private static int firstDigit(String digits) {
    return digits.charAt(0) - '0';
  }

  private @Nullable RegisterAddress plain(Located<String> written, int number) {
    DataTable table = attributes.primaryTable();
    if (table == null) {
      problems.error(
          written.where(),
          "the address names no table",
          "write 'primaryTable:' beside it, or an address such as holding:" + number);
      return null;
    }
    if (number >= AddressRange.ADDRESS_SPACE) {
      problems.error(
          written.where(),
          "'" + written.value() + "' lies beyond the last address",
          "write at most 65535, counted from 0");
      return null;
    }
    if (number / 10_000 == table.modiconDigit() && number % 10_000 > 0 && number > 9_999) {
      RegisterAddress modicon = new RegisterAddress(table, number % 10_000 - 1);
      problems.warning(
          written.where(),
          number + " is taken as it stands, counted from 0",
          "if the Modicon reference is meant, write " + modicon.named());
    }
    return new RegisterAddress(table, number);
  }

  private @Nullable RegisterAddress named(Located<String> written, String text) {
    try {
      RegisterAddress address = RegisterAddress.of(text);
      DataTable table = attributes.primaryTable();
      if (table == null || table == address.table()) {
        return address;
      }
      problems.error(
          written.where(),
          "'"
              + text
              + "' lies in the table of "
              + address.table().keyword()
              + " elements, but primaryTable says otherwise",
          "remove primaryTable, or write " + new RegisterAddress(table, address.address()).named());
    } catch (IllegalArgumentException wrong) {
      problems.error(written.where(), String.valueOf(wrong.getMessage()), "");
    }
    return null;
  }
}
