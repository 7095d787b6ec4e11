package io.plantbus.devices.document.type;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The ordinary types of values in documents.
public final class Types {
  private static final List<String> ANY_SCALAR = List.of("string", "number", "boolean");
  private static final Pattern INTEGER = Pattern.compile("[-+]?\\d{1,20}");
  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9A-Fa-f]{1,16}");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][-+]?\\d{1,3})?");

  private Types() {}

  /// Any text; numbers need no quotes.
  public static Type<String> text() {
    return new ScalarType<>(
        "text", "text", JsonText.object("type", ANY_SCALAR), true, Node.Scalar::text);
  }

  /// A name: a letter, then letters, digits, `_`, `-` and `.`, at most 64 characters.
  public static Type<String> name() {
    return text("[A-Za-z][A-Za-z0-9_.-]{0,63}", "a name", "letters, digits, '-' and '_'");
  }

  /// Text of a form.
  ///
  /// @param pattern regular expression of the whole text, in the common part of Java and JavaScript
  /// @param phrase what it is, with its article
  /// @param remedy what to write
  public static Type<String> text(String pattern, String phrase, String remedy) {
    Pattern compiled = Pattern.compile(pattern);
    return new ScalarType<>(
        phrase,
        remedy,
        JsonText.object("type", ANY_SCALAR, "pattern", "^(?:" + pattern + ")$"),
        false,
        scalar -> compiled.matcher(scalar.text()).matches() ? scalar.text() : null);
  }

  /// Text with a syntax of its own, such as an address.
  ///
  /// @param phrase what it is, with its article
  /// @param remedy what to write
  /// @param parser throws [IllegalArgumentException] with what is wrong and what to write
  public static <T> Type<T> parsed(String phrase, String remedy, Function<String, T> parser) {
    return new ScalarType<>(
        phrase,
        remedy,
        JsonText.object("type", ANY_SCALAR),
        true,
        scalar -> parser.apply(scalar.text().strip()));
  }

  /// `true` or `false`.
  public static Type<Boolean> bool() {
    return new ScalarType<>(
        "true or false",
        "true or false",
        JsonText.object("type", "boolean"),
        false,
        scalar ->
            switch (scalar.text()) {
              case "true" -> Boolean.TRUE;
              case "false" -> Boolean.FALSE;
              default -> null;
            });
  }

  /// A whole number, decimal or hexadecimal (`0x1F`).
  public static Type<Integer> integer(int minimum, int maximum) {
    return wholeNumber(minimum, maximum).as(Long::intValue);
  }

  /// A whole number of 64 bits, decimal or hexadecimal.
  public static Type<Long> wholeNumber(long minimum, long maximum) {
    boolean anyLong = minimum == Long.MIN_VALUE && maximum == Long.MAX_VALUE;
    String range = anyLong ? "" : " " + minimum + ".." + maximum;
    return new ScalarType<>(
        "an integer" + range,
        anyLong ? "a number such as 17 or 0x1F" : "a number" + range,
        JsonText.object(
            "type",
            List.of("integer", "string"),
            "minimum",
            minimum,
            "maximum",
            maximum,
            "pattern",
            // What tools make of an unquoted 0x1F differs.
            "^0[xX][0-9A-Fa-f]{1,16}$"),
        false,
        scalar -> {
          Long value = whole(scalar.text());
          return value != null && value >= minimum && value <= maximum ? value : null;
        });
  }

  /// One of some whole numbers.
  ///
  /// @param phrase what it is, with its article, such as `a usable baud rate`
  public static Type<Integer> integerOneOf(String phrase, int... values) {
    List<Integer> known = Arrays.stream(values).boxed().toList();
    return new ScalarType<>(
        phrase,
        "one of " + known.stream().map(String::valueOf).collect(Collectors.joining(", ")),
        JsonText.object("enum", known),
        false,
        scalar -> {
          Long value = whole(scalar.text());
          return value != null && known.contains((int) (long) value) ? (int) (long) value : null;
        });
  }

  /// A finite number.
  public static Type<Double> real() {
    return real(
        "a number", "a number such as 0.1", JsonText.object("type", "number"), value -> true);
  }

  /// A number within bounds, both included.
  public static Type<Double> real(double minimum, double maximum) {
    String range = number(minimum) + ".." + number(maximum);
    return real(
        "a number " + range,
        "a number " + range,
        JsonText.object("type", "number", "minimum", minimum, "maximum", maximum),
        value -> value >= minimum && value <= maximum);
  }

  /// A time span such as `100us`, `500ms`, `1s`, `1.5s`, `2m`, `1h`; 0 s to 24 h.
  public static Type<Duration> duration() {
    return duration(Duration.ZERO, Duration.ofHours(24));
  }

  /// A time span within bounds, both included.
  public static Type<Duration> duration(Duration minimum, Duration maximum) {
    return DurationText.type(minimum, maximum);
  }

  /// A list of any length.
  public static <T> Type<List<T>> list(Type<T> item) {
    return new ListType<>(item, 0, Integer.MAX_VALUE);
  }

  /// A list of limited length.
  public static <T> Type<List<T>> list(Type<T> item, int fewest, int most) {
    return new ListType<>(item, fewest, most);
  }

  /// A mapping from names of the user's choice.
  public static <V> Type<Map<String, V>> map(Type<V> value) {
    return new MapType<>(name(), value);
  }

  /// A mapping from keys of the user's choice.
  ///
  /// @param key a type of single values
  public static <K, V> Type<Map<K, V>> map(Type<K> key, Type<V> value) {
    return new MapType<>(key, value);
  }

  /// A value together with its place.
  public static <T> Type<Located<T>> located(Type<T> type) {
    return new LocatedType<>(type);
  }

  /// A short form, a single value, or a full form of several keys or items.
  public static <T> Type<T> shorthand(Type<T> shortForm, Type<T> fullForm) {
    return new ShorthandType<>(shortForm, fullForm);
  }

  /// Anything, unread.
  public static Type<Node> anything() {
    return new Type<>() {
      @Override
      public Node read(Node node, Problems problems) {
        return node;
      }

      @Override
      public String phrase() {
        return "anything";
      }

      @Override
      public Map<String, Object> schema(Definitions definitions) {
        return Map.of();
      }
    };
  }

  private static Type<Double> real(
      String phrase, String remedy, Map<String, Object> schema, Function<Double, Boolean> fits) {
    return new ScalarType<>(
        phrase,
        remedy,
        schema,
        false,
        scalar -> {
          if (!REAL.matcher(scalar.text()).matches()) {
            return null;
          }
          double value = Double.parseDouble(scalar.text());
          return Double.isFinite(value) && fits.apply(value) ? value : null;
        });
  }

  /// The number of a text, or null; hexadecimal is read as 64 bits unsigned.
  static @Nullable Long whole(String text) {
    try {
      if (HEXADECIMAL.matcher(text).matches()) {
        return Long.parseUnsignedLong(text.substring(2), 16);
      }
      return INTEGER.matcher(text).matches() ? Long.valueOf(text) : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /// A number as people write it: without a fraction that is zero.
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
