package io.plantbus.simulators.twin;

import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A recording as a file of text, one thing a line; times are in seconds from its beginning, to the
/// microsecond, and those of answers in milliseconds.
///
/// ```
/// plantbus-twin 1
/// length 300.25
/// turnaround 3.1 3.4 3.6 4.2 9.9
/// table holding 100 5 0 0 17
/// at 1.25 holding 102 18
/// at 2.5 refuse 3 200 10 4
/// at 9.0 allow 3 200 10
/// at 11.0 silent
/// at 12.5 answers
/// ```
public final class TwinFile {
  /// The longest file that is read.
  public static final long MOST_BYTES = 64L << 20;

  private static final String HEAD = "plantbus-twin 1";
  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);
  private static final BigDecimal NANOS_PER_MILLISECOND = BigDecimal.valueOf(1_000_000);

  private final List<RawTable> tables = new ArrayList<>();
  private final List<TwinStep> steps = new ArrayList<>();
  private long lengthNanos;
  private Turnaround turnaround = Turnaround.NONE;

  private TwinFile() {}

  /// Reads a file.
  ///
  /// @throws IOException with a sentence for a person, if it cannot be read or makes no sense
  public static TwinRecording read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is larger than 64 MiB: make a twin of a shorter capture");
    }
    TwinFile reader = new TwinFile();
    int number = 1;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      if (!HEAD.equals(lines.readLine())) {
        throw new IllegalArgumentException(
            "this is no recording of a twin: its first line is not '" + HEAD + "'");
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          reader.take(line.strip().split(" +"));
        }
      }
      return new TwinRecording(
          Math.max(1, reader.lengthNanos), reader.turnaround, reader.tables, reader.steps);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | ArithmeticException bad) {
      String reason = bad instanceof IllegalArgumentException ? bad.getMessage() : "words missing";
      throw new IOException(file + ":" + number + ": " + reason, bad);
    } catch (CharacterCodingException bad) {
      throw new IOException(file + ": this is no text", bad);
    }
  }

  private void take(String[] words) {
    switch (words[0]) {
      case "length" -> lengthNanos = nanos(words[1], NANOS_PER_SECOND);
      case "turnaround" ->
          turnaround =
              new Turnaround(
                  nanos(words[1], NANOS_PER_MILLISECOND),
                  nanos(words[2], NANOS_PER_MILLISECOND),
                  nanos(words[3], NANOS_PER_MILLISECOND),
                  nanos(words[4], NANOS_PER_MILLISECOND),
                  nanos(words[5], NANOS_PER_MILLISECOND));
      case "table" ->
          tables.add(
              new RawTable(
                  table(words[1]),
                  new AddressRange(number(words[2]), number(words[3])),
                  values(words, 4)));
      case "at" -> steps.add(step(nanos(words[1], NANOS_PER_SECOND), words));
      default -> throw new IllegalArgumentException("unknown word '" + words[0] + "'");
    }
  }

  private TwinStep step(long at, String[] words) {
    return switch (words[2]) {
      case "refuse" -> new TwinStep.Refuse(at, key(words), code(number(words[6])));
      case "allow" -> new TwinStep.Refuse(at, key(words), null);
      case "silent" -> new TwinStep.Silence(at, true);
      case "answers" -> new TwinStep.Silence(at, false);
      default -> {
        DataTable table = table(words[2]);
        int start = number(words[3]);
        List<Integer> values = values(words, 4);
        if (!lies(table, start, values.size())) {
          throw new IllegalArgumentException(
              "%s %d is in no table above".formatted(words[2], start));
        }
        yield new TwinStep.Change(at, table, start, values);
      }
    };
  }

  private boolean lies(DataTable table, int start, int count) {
    return AddressRange.isValid(start, count)
        && tables.stream()
            .anyMatch(
                each ->
                    each.table() == table && each.range().contains(new AddressRange(start, count)));
  }

  private static RequestKey key(String[] words) {
    return new RequestKey(number(words[3]), number(words[4]), number(words[5]));
  }

  private static ExceptionCode code(int number) {
    ExceptionCode code = ExceptionCode.of(number);
    if (code == null) {
      throw new IllegalArgumentException("there is no exception code " + number);
    }
    return code;
  }

  private static DataTable table(String word) {
    for (DataTable table : DataTable.values()) {
      if (table.keyword().equals(word)) {
        return table;
      }
    }
    throw new IllegalArgumentException("unknown table '" + word + "'");
  }

  private static List<Integer> values(String[] words, int from) {
    List<Integer> values = new ArrayList<>();
    for (int i = from; i < words.length; i++) {
      values.add(number(words[i]));
    }
    return values;
  }

  private static int number(String word) {
    int number = Integer.parseInt(word);
    if (number < 0 || number > 65_536) {
      throw new IllegalArgumentException("'" + word + "' is not within 0..65535");
    }
    return number;
  }

  private static long nanos(String word, BigDecimal unit) {
    if (!word.matches("[0-9]{1,9}([.][0-9]{1,9})?")) {
      throw new IllegalArgumentException("'" + word + "' is no time");
    }
    return new BigDecimal(word).multiply(unit).longValue();
  }

  /// Writes a recording, in place of a file of the same name.
  ///
  /// @param about a line of comment
  /// @throws IOException if it cannot be written
  public static void write(Path file, TwinRecording recording, String about) throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      out.write(HEAD + "\n# " + about + "\nlength " + seconds(recording.lengthNanos()) + "\n");
      Turnaround took = recording.turnaround();
      out.write("# milliseconds: least, a quarter, median, three quarters, 19 of 20\nturnaround");
      for (long nanos :
          new long[] {
            took.leastNanos(),
            took.lowNanos(),
            took.medianNanos(),
            took.highNanos(),
            took.mostNanos()
          }) {
        out.write(String.format(Locale.ROOT, " %.3f", nanos / 1e6));
      }
      out.write("\n");
      for (RawTable table : recording.tables()) {
        out.write(
            "table %s %d %d%s\n"
                .formatted(
                    table.table().keyword(),
                    table.range().start(),
                    table.range().count(),
                    text(table.initial())));
      }
      for (TwinStep step : recording.steps()) {
        out.write("at " + seconds(step.atNanos()) + " " + text(step) + "\n");
      }
    }
  }

  private static String text(TwinStep step) {
    return switch (step) {
      case TwinStep.Change(_, DataTable table, int start, List<Integer> values) ->
          table.keyword() + " " + start + text(values);
      case TwinStep.Refuse(_, RequestKey(int function, int start, int count), var code) ->
          refusal(function + " " + start + " " + count, code);
      case TwinStep.Silence(_, boolean silent) -> silent ? "silent" : "answers";
    };
  }

  private static String refusal(String request, @Nullable ExceptionCode code) {
    return code == null ? "allow " + request : "refuse " + request + " " + code.code();
  }

  private static String text(List<Integer> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(value -> text.append(' ').append(value));
    return text.toString();
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%d.%06d", nanos / 1_000_000_000, nanos / 1000 % 1_000_000);
  }
}
