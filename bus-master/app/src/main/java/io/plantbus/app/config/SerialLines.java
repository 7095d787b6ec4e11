package io.plantbus.app.config;

import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.LineDirection;
import io.plantbus.hal.LineDirection.Switching;
import io.plantbus.hal.LineDirection.WhenRefused;
import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Serial lines as written.
final class SerialLines {
  private static final Type<EchoMode> ECHO =
      ChoiceType.of("none", EchoMode.NONE)
          .or("expected", EchoMode.EXPECTED)
          .or("auto", EchoMode.AUTO);
  private static final Type<SerialDriver> DRIVER =
      ChoiceType.of("auto", SerialDriver.AUTO)
          .or("jserialcomm", SerialDriver.JSERIALCOMM)
          .or("linux", SerialDriver.LINUX);

  private SerialLines() {}

  /// RTU.
  static ObjectType<LineDocument> rtu() {
    return ObjectType.of(
        "serial line",
        "Modbus RTU over a serial device.",
        keys -> keys(keys, "rtu", SerialFraming.RTU, "8E1"));
  }

  /// ASCII, whose characters have 7 bits unless written otherwise (SL 2.5.2).
  static ObjectType<LineDocument> ascii() {
    return ObjectType.of(
        "serial ASCII line",
        "Modbus ASCII over a serial device.",
        keys -> keys(keys, "ascii", SerialFraming.ASCII, "7E1"));
  }

  private static ObjectType.Maker<LineDocument> keys(
      Keys keys, String kind, SerialFraming framing, String usualFormat) {
    Key<String> device = keys.required(kind, Types.text(), "Device file, such as `/dev/ttyUSB0`.");
    Key<Integer> baud =
        keys.optional("baud", Types.integer(50, 4_000_000), "19200", "Bits per second.");
    Key<String> format =
        keys.optional(
            "format",
            Types.text("[78][NEOneo][12]", "a character format", "8E1, 8N1, 8N2 or the like"),
            usualFormat,
            "Data bits, parity (N, E, O) and stop bits.");
    Turning turning = Turning.of(keys);
    OptionalKey<EchoMode> echo =
        keys.optional(
            "echo",
            ECHO,
            "Whether the adapter hears what it sends: `none`, `expected`, or `auto` to find out;"
                + " `none` unless written, `expected` with `receive-while-sending`.");
    Key<SerialDriver> driver =
        keys.optional(
            "driver",
            DRIVER,
            "auto",
            "What opens the device: `linux` is the kernel's own interface, `jserialcomm` the"
                + " portable library; `auto` takes `linux` where `rs485` is on.");
    OptionalKey<Duration> silence =
        keys.optional(
            "silence",
            Types.duration(Duration.ZERO, Duration.ofSeconds(1)),
            "Silence before each request; what the specification computes unless written.");
    Key<Duration> turnaround =
        keys.optional(
            "turnaround",
            Types.duration(Duration.ZERO, Duration.ofSeconds(10)),
            "100ms",
            "Pause after a broadcast.");
    LineDocument.Modbus common = LineDocument.Modbus.of(keys);
    return fields -> {
      LineDirection direction = turning.direction(fields);
      EchoMode heard = fields.get(echo);
      if (heard == null) {
        heard = direction.receiveWhileSending() ? EchoMode.EXPECTED : EchoMode.NONE;
      }
      SerialDriver by = fields.get(driver);
      if (by == SerialDriver.JSERIALCOMM && direction.switching() == Switching.RTS) {
        fields
            .problems()
            .error(
                fields.node(driver),
                "jserialcomm cannot turn a pair by RTS",
                "write driver: linux, or leave it out");
      }
      Duration pause = fields.get(silence);
      return common.line(
          fields,
          new Transport.Serial(
              fields.get(device),
              framing,
              SerialSettings.of(fields.get(baud), fields.get(format)).withDirection(direction),
              heard,
              pause == null ? 0 : pause.toNanos(),
              fields.get(turnaround).toNanos(),
              by));
    };
  }

  /// How the driver of a two-wire pair is turned.
  private record Turning(
      Key<Switching> switching,
      OptionalKey<WhenRefused> refused,
      OptionalKey<Boolean> rtsHigh,
      OptionalKey<Duration> before,
      OptionalKey<Duration> after,
      OptionalKey<Boolean> receiving) {
    private static final Type<Duration> DELAY =
        Types.duration(Duration.ZERO, Duration.ofMillis(100));

    static Turning of(Keys keys) {
      return new Turning(
          keys.optional(
              "rs485",
              DirectionType.INSTANCE,
              "off",
              "Who turns the RS-485 driver: `off` is nobody here, as most USB adapters turn by"
                  + " themselves; `kernel` (or `true`) the serial driver of the system, `rts` this"
                  + " program by the RTS line."),
          keys.optional(
              "rs485-refused",
              ChoiceType.of("fail", WhenRefused.FAIL)
                  .or("rts", WhenRefused.RTS)
                  .or("off", WhenRefused.NONE),
              "What to do where the kernel does not turn: not open the line, turn by RTS, or trust"
                  + " the adapter; `off` unless written."),
          keys.optional(
              "rts-level",
              ChoiceType.of("high", true).or("low", false),
              "Level of RTS while sending; `high` unless written."),
          keys.optional(
              "rts-before", DELAY, "Time between turning to sending and the first character."),
          keys.optional(
              "rts-after", DELAY, "Time between the last character and turning to listening."),
          keys.optional(
              "receive-while-sending",
              Types.bool(),
              "Whether the receiver stays on while sending, so that every frame is heard back."));
    }

    LineDirection direction(Fields fields) {
      Switching by = fields.get(switching);
      if (by == Switching.NONE) {
        refuseWithoutSwitching(fields);
        return LineDirection.NONE;
      }
      LineDirection usual = by == Switching.RTS ? LineDirection.RTS : LineDirection.KERNEL;
      return usual
          .withWhenRefused(or(fields.get(refused), usual.whenRefused()))
          .withRtsHighWhileSending(or(fields.get(rtsHigh), true))
          .withDelaysMicros(micros(fields.get(before)), micros(fields.get(after)))
          .withReceiveWhileSending(or(fields.get(receiving), false));
    }

    private void refuseWithoutSwitching(Fields fields) {
      for (OptionalKey<?> key : List.of(refused, rtsHigh, before, after, receiving)) {
        if (fields.get(key) != null) {
          fields
              .problems()
              .error(
                  fields.node(key),
                  key.name() + " means nothing while rs485 is off",
                  "write rs485: kernel or rs485: rts, or leave it out");
        }
      }
    }

    private static <T> T or(@Nullable T written, T usual) {
      return written == null ? usual : written;
    }

    private static int micros(@Nullable Duration written) {
      return written == null ? 0 : Math.toIntExact(written.toNanos() / 1000);
    }
  }
}
