package io.plantbus.app.interop.script;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One request in numbers, so that programs in any language understand it:
///
/// | function | arguments |
/// |---|---|
/// | 1, 2, 3, 4 | first address, count |
/// | 5, 6 | address, value |
/// | 15, 16 | first address, values |
/// | 22 | address, AND mask, OR mask |
/// | 23 | first address read, count, first address written, values |
/// | 7, 11, 17 | none |
/// | 8 | sub-function, data words |
/// | 20 | file, first record, count |
/// | 21 | file, first record, values |
/// | 24 | address |
/// | 43 | code of MEI type 14, object id |
/// | any other | none |
///
/// Its reply is a text: `ok` and the values read, `exception` and its code, or `fault` and a
/// reason. Values are registers or bits; for 7 the status; for 8 the data words; for 11 status and
/// count; for 17 all bytes after the byte count; for 43 conformity, more follows, next object id,
/// number of objects, and of each its id, length and bytes.
///
/// @param function 1..127
/// @param arguments as above; bits are 0 or 1
public record Operation(int function, List<Integer> arguments) {
  public static Operation of(int function, int... arguments) {
    return new Operation(function, IntStream.of(arguments).boxed().toList());
  }

  /// An argument, or 0 if there is none.
  public int argument(int index) {
    return index < arguments.size() ? arguments.get(index) : 0;
  }

  /// The values written, from an argument on.
  public int[] values(int from) {
    return arguments.stream().skip(from).mapToInt(Integer::intValue).toArray();
  }

  /// The reply that carries values.
  public static String ok(int... values) {
    return IntStream.of(values)
        .mapToObj(value -> " " + value)
        .collect(Collectors.joining("", "ok", ""));
  }

  public static String exception(int code) {
    return "exception " + code;
  }

  @Override
  public String toString() {
    return Stream.concat(Stream.of(function), arguments.stream())
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}
