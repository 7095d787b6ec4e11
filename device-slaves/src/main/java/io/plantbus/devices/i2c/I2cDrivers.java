package io.plantbus.devices.i2c;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.hal.I2cAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// The drivers that profiles can name, by the name in their points.
public enum I2cDrivers {
  /// Sensirion SHT31; see [Sht31Driver].
  SHT31,
  /// Texas Instruments ADS1115; see [Ads1115Driver]. Option `full-scale` in volts and `rate` in
  /// samples per second, as in [Ads1115Settings].
  ADS1115,
  /// Microchip MCP23017; see [Mcp23017Driver]. Resources that can be written are outputs, others
  /// inputs. Option `pull-ups`: `none` (default), `all`, or channels such as `gpa0 gpb3`.
  MCP23017;

  /// The name in profiles, such as `sht31`.
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Options that a plant file may set.
  public List<String> options() {
    return switch (this) {
      case SHT31 -> List.of();
      case ADS1115 -> List.of("full-scale", "rate");
      case MCP23017 -> List.of("pull-ups");
    };
  }

  /// Channels that a profile may name.
  public List<String> channels() {
    return switch (this) {
      case SHT31 -> List.of(Sht31Driver.TEMPERATURE, Sht31Driver.HUMIDITY);
      case ADS1115 -> Arrays.stream(Ads1115Input.values()).map(Ads1115Input::channel).toList();
      case MCP23017 ->
          IntStream.range(0, Mcp23017Driver.PINS).mapToObj(Mcp23017Driver::channel).toList();
    };
  }

  /// The driver of that name.
  ///
  /// @throws IllegalArgumentException if there is none, with those that there are
  public static I2cDrivers of(String name) {
    for (I2cDrivers driver : values()) {
      if (driver.keyword().equals(name)) {
        return driver;
      }
    }
    throw new IllegalArgumentException(
        "unknown I2C driver '"
            + name
            + "': write one of "
            + String.join(", ", Arrays.stream(values()).map(I2cDrivers::keyword).toList()));
  }

  /// Makes the driver of a device: the one that its profile's points name, or [RegisterI2cDriver]
  /// if they are registers.
  ///
  /// @param options of the device, by name
  /// @throws IllegalArgumentException if the points do not fit together, or an option or channel is
  ///   not one of the driver's, with what to write instead
  public static I2cDriver create(
      DeviceProfile profile, I2cAddress address, Map<String, String> options) {
    List<DeviceResource> resources = profile.resources();
    List<String> names =
        resources.stream()
            .map(resource -> resource.point() instanceof Point.I2cChannel at ? at.driver() : "")
            .distinct()
            .toList();
    if (names.size() != 1
        || resources.stream().anyMatch(resource -> resource.point() instanceof Point.Modbus)) {
      throw new IllegalArgumentException(
          "profile "
              + profile.name()
              + ": all resources of an I2C device need the same driver, or all of them registers");
    }
    if (names.getFirst().isEmpty()) {
      requireKnown("an I2C device without a driver", "option", options.keySet(), List.of());
      return new RegisterI2cDriver(address, resources);
    }
    I2cDrivers driver = of(names.getFirst());
    requireKnown(driver.keyword(), "option", options.keySet(), driver.options());
    List<String> channels = new ArrayList<>();
    for (DeviceResource resource : resources) {
      if (resource.point() instanceof Point.I2cChannel point) {
        channels.add(point.channel());
      }
    }
    requireKnown(driver.keyword(), "channel", channels, driver.channels());
    return switch (driver) {
      case SHT31 -> new Sht31Driver(address);
      case ADS1115 -> ads1115(address, channels, options);
      case MCP23017 -> mcp23017(address, resources, options);
    };
  }

  private static void requireKnown(
      String driver, String what, Iterable<String> given, List<String> known) {
    for (String one : given) {
      if (!known.contains(one)) {
        throw new IllegalArgumentException(
            driver
                + " has no "
                + what
                + " '"
                + one
                + "': "
                + (known.isEmpty() ? "remove it" : "write one of " + String.join(", ", known)));
      }
    }
  }

  private static I2cDriver ads1115(
      I2cAddress address, List<String> channels, Map<String, String> options) {
    List<Ads1115Input> inputs =
        Arrays.stream(Ads1115Input.values())
            .filter(input -> channels.contains(input.channel()))
            .toList();
    double fullScale = number(options, "full-scale", Ads1115Settings.DEFAULT.fullScaleVolts());
    double rate = number(options, "rate", Ads1115Settings.DEFAULT.samplesPerSecond());
    return new Ads1115Driver(address, inputs, new Ads1115Settings(fullScale, (int) rate));
  }

  private static double number(Map<String, String> options, String option, double otherwise) {
    String text = options.get(option);
    try {
      return text == null ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          "option " + option + " must be a number, was '" + text + "'");
    }
  }

  private static I2cDriver mcp23017(
      I2cAddress address, List<DeviceResource> resources, Map<String, String> options) {
    int outputs = 0;
    for (DeviceResource resource : resources) {
      if (resource.point() instanceof Point.I2cChannel point && resource.access().canWrite()) {
        outputs |= 1 << Mcp23017Driver.pin(point.channel());
      }
    }
    String text = Objects.requireNonNullElse(options.get("pull-ups"), "none").strip();
    return new Mcp23017Driver(address, outputs, pullUps(text));
  }

  private static int pullUps(String text) {
    if (text.equals("none") || text.equals("all")) {
      return text.equals("all") ? 0xFFFF : 0;
    }
    List<String> pins = List.of(text.split("[ ,]+", -1));
    requireKnown("option pull-ups", "channel", pins, MCP23017.channels());
    return pins.stream().mapToInt(pin -> 1 << Mcp23017Driver.pin(pin)).reduce(0, (a, b) -> a | b);
  }
}
