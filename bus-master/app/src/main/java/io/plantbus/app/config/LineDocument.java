package io.plantbus.app.config;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.KeyedType;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.TlsFiles;
import io.plantbus.master.plant.Isolation;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line as written.
///
/// @param spec what it means
/// @param where its mapping
record LineDocument(LineSpec spec, Node where) {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  static final Duration LONGEST = Duration.ofSeconds(60);

  /// A bus transfer is bounded by its platform; this is what is allowed for a safe state.
  private static final Duration TRANSFER = Duration.ofMillis(100);

  /// A line over any transport.
  static final Type<LineDocument> TYPE =
      KeyedType.<LineDocument>of("a line")
          .or("rtu", SerialLines.rtu())
          .or("ascii", SerialLines.ascii())
          .or("tcp", NetworkLines.tcp())
          .or("rtu-over-tcp", NetworkLines.rtuOverTcp())
          .or("ascii-over-tcp", NetworkLines.asciiOverTcp())
          .or("udp", NetworkLines.udp())
          .or("tls", NetworkLines.tls())
          .or("i2c", ObjectType.of("I2C line", "One I2C bus.", I2c::keys));

  /// What it means, the files that it names taken from beside another.
  ///
  /// @param file the document
  LineSpec specBeside(Path file) {
    if (!(spec.transport() instanceof Transport.Tcp tcp)) {
      return spec;
    }
    TlsFiles files = tcp.tls();
    if (files == null) {
      return spec;
    }
    Path beside = file.toAbsolutePath();
    TlsFiles found =
        new TlsFiles(
            beside.resolveSibling(files.certificateChain()).normalize(),
            beside.resolveSibling(files.privateKey()).normalize(),
            beside.resolveSibling(files.trustAnchors()).normalize(),
            files.expectedName());
    return spec.over(
        new Transport.Tcp(
            tcp.host(), tcp.port(), tcp.framing(), tcp.window(), tcp.connectTimeoutNanos(), found));
  }

  /// How every kind of line is opened again.
  private record Reconnect(Key<Duration> least, Key<Duration> most) {
    private static final Type<Duration> PAUSE =
        Types.duration(Duration.ofMillis(10), Duration.ofHours(1));

    static Reconnect of(Keys keys) {
      return new Reconnect(
          keys.optional(
              "reconnect-min", PAUSE, "500ms", "First pause before a lost line is opened again."),
          keys.optional(
              "reconnect-max",
              PAUSE,
              "30s",
              "Longest such pause; it doubles from the first to this."));
    }

    LineDocument line(
        Fields fields,
        Transport transport,
        Duration timeout,
        int retries,
        Isolation isolation,
        int captureBytes) {
      Duration first = fields.get(least);
      Duration longest = fields.get(most);
      if (longest.compareTo(first) < 0) {
        fields
            .problems()
            .error(
                fields.node(most),
                "reconnect-max is shorter than reconnect-min",
                "write a longer one");
        longest = first;
      }
      LineSpec spec =
          new LineSpec(
              fields.name(),
              transport,
              timeout.toNanos(),
              retries,
              first.toNanos(),
              longest.toNanos(),
              isolation,
              captureBytes);
      return new LineDocument(spec, fields.node());
    }
  }

  /// What every Modbus line has.
  record Modbus(
      Key<Duration> timeout,
      Key<Duration> leastTimeout,
      Key<Integer> retries,
      Key<Double> suspectShare,
      Key<Integer> capture,
      Reconnect reconnect) {
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,2}(?:\\.[0-9])?) ?%");

    /// A share of the line's time, 0.1 % to half.
    private static final Type<Double> SHARE =
        Types.parsed("a share such as 5%", "a share such as 5%", Modbus::share);

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5}) ?(KiB|MiB)");
    private static final Type<Integer> CAPTURE =
        Types.parsed("a size such as 1MiB", "a size such as 1MiB", Modbus::size);

    private static int size(String text) {
      Matcher matcher = SIZE.matcher(text);
      long bytes =
          matcher.matches()
              ? Long.parseLong(matcher.group(1)) << (matcher.group(2).equals("KiB") ? 10 : 20)
              : 0;
      if (!text.equals("0") && (bytes < 1 << 16 || bytes > 1 << 26)) {
        throw new IllegalArgumentException(
            "'" + text + "' is no size for a ring: write 64KiB to 64MiB, such as 1MiB, or 0");
      }
      return (int) bytes;
    }

    private static double share(String text) {
      Matcher matcher = PERCENT.matcher(text);
      double percent = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
      if (percent < 0.1 || percent > 50) {
        throw new IllegalArgumentException(
            "'" + text + "' is not a share of a line's time: write 0.1% to 50%, such as 5%");
      }
      return percent / 100;
    }

    static Modbus of(Keys keys) {
      return new Modbus(
          keys.optional(
              "timeout",
              Types.duration(SHORTEST, LONGEST),
              "1s",
              "Longest wait for an answer, from the end of the request."),
          keys.optional(
              "least-timeout",
              Types.duration(SHORTEST, LONGEST),
              "20ms",
              "The wait for a device that always answers quickly follows what it takes, down to"
                  + " this; `timeout` bounds it from above."),
          keys.optional(
              "retries",
              Types.integer(0, 10),
              "1",
              "How often a read without a valid answer is sent again; writes never are."),
          keys.optional(
              "suspect-share",
              SHARE,
              "5%",
              "Share of the line's time for devices that do not answer, all of them together, while"
                  + " others do."),
          keys.optional(
              "capture-ring",
              CAPTURE,
              "1MiB",
              "Memory for the newest that went over the line, for `plantbus capture --last`: 64KiB"
                  + " to 64MiB, rounded up to a power of two; 0 keeps nothing, and then nobody can"
                  + " watch the line."),
          Reconnect.of(keys));
    }

    LineDocument line(Fields fields, Transport transport) {
      Duration wait = fields.get(timeout);
      long least = Math.min(wait.toNanos(), fields.get(leastTimeout).toNanos());
      Isolation isolation = new Isolation(fields.get(suspectShare), least);
      return reconnect.line(
          fields, transport, wait, fields.get(retries), isolation, fields.get(capture));
    }
  }

  private static final class I2c {
    private I2c() {}

    static ObjectType.Maker<LineDocument> keys(Keys keys) {
      Key<String> device = keys.required("i2c", Types.text(), "Device file, such as `/dev/i2c-1`.");
      Reconnect common = Reconnect.of(keys);
      return fields ->
          common.line(
              fields, new Transport.I2c(fields.get(device)), TRANSFER, 0, Isolation.DEFAULT, 0);
    }
  }
}
