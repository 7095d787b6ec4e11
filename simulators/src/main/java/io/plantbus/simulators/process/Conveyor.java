package io.plantbus.simulators.process;

import java.util.List;
import java.util.SplittableRandom;

/// A belt with an encoder on its drum, on which items ride past a photo eye. The encoder counts the
/// drum's way; a belt that slips moves less than that, a jammed one not at all.
///
/// Quantities: `running` (0 or 1), `speed` (m/s of the drum), `belt-speed` (m/s), `position` (m of
/// belt so far), `counts` (of the encoder, 0 to 2^32 - 1 and around), `eye` (0 or 1: something is
/// before it), `items` (that passed the eye so far), `on-belt`, `fed` (so far), `jammed` (0 or 1).
/// Commands: `run` (0 or 1), `speed` (0 to 1, as a share of the full speed), `slip` (0 to 1: share
/// of the way that is lost), `jam` (0 or 1), `feed` (0 or 1: items are put on).
public final class Conveyor implements ProcessPart {
  /// Its quantities.
  public static final List<String> QUANTITIES =
      List.of(
          "running",
          "speed",
          "belt-speed",
          "position",
          "counts",
          "eye",
          "items",
          "on-belt",
          "fed",
          "jammed");

  /// Its commands.
  public static final List<String> COMMANDS = List.of("run", "speed", "slip", "jam", "feed");

  private static final double COUNTER_RANGE = 4_294_967_296.0;
  private static final int MOST_ITEMS = 256;

  /// Between two items, of the mean: they never touch.
  private static final double LEAST_FREE_SHARE = 0.2;

  private final String name;
  private final Rating rating;
  private final SplittableRandom random;

  /// Where the front of each item is, in metres of belt; a ring.
  private final double[] fronts = new double[MOST_ITEMS];

  private int oldest;
  private int riding;
  private int passedOfRiding;
  private boolean run;
  private boolean feeding = true;
  private boolean jammed;
  private double speedSetpoint = 1;
  private double speed;
  private double slip;
  private double drumMetres;
  private double beltMetres;
  private double beltSpeed;
  private double nextItemAt;
  private long fed;
  private long passed;

  /// A belt.
  ///
  /// @param lengthMetres above 0
  /// @param speedMetresPerSecond at full speed, above 0
  /// @param rampSeconds from rest to full speed, 0 or more
  /// @param countsPerMetre of the encoder, above 0
  /// @param eyeMetres where the eye is, 0 to the length
  /// @param itemMetres how long an item is, above 0
  /// @param gapMetres from one item to the next on average, above the length of an item
  public record Rating(
      double lengthMetres,
      double speedMetresPerSecond,
      double rampSeconds,
      double countsPerMetre,
      double eyeMetres,
      double itemMetres,
      double gapMetres) {
    public Rating {
      if (!(lengthMetres > 0) || !(speedMetresPerSecond > 0) || !(countsPerMetre > 0)) {
        throw new IllegalArgumentException(
            "length, speed and counts of a conveyor must be above 0");
      }
      if (!(eyeMetres >= 0 && eyeMetres <= lengthMetres) || !(rampSeconds >= 0)) {
        throw new IllegalArgumentException("the eye must be above the belt, 0..length");
      }
      if (!(itemMetres > 0 && gapMetres > itemMetres)) {
        throw new IllegalArgumentException("the gap of items must be above their length");
      }
      if (lengthMetres / itemMetres > MOST_ITEMS - 2) {
        throw new IllegalArgumentException(
            "at most " + (MOST_ITEMS - 2) + " items fit the belt; write longer items");
      }
    }
  }

  /// @param random of the gaps between items alone
  public Conveyor(String name, Rating rating, SplittableRandom random) {
    this.name = name;
    this.rating = rating;
    this.random = random;
    this.nextItemAt = gap();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void step(double seconds) {
    double wanted = run && !jammed ? speedSetpoint : 0;
    double most = rating.rampSeconds == 0 || jammed ? 1 : seconds / rating.rampSeconds;
    speed += Math.clamp(wanted - speed, -most, most);
    double way = speed * rating.speedMetresPerSecond * seconds;
    drumMetres += way;
    beltSpeed = way * (1 - slip) / seconds;
    beltMetres += way * (1 - slip);
    while (feeding && beltMetres >= nextItemAt && riding < MOST_ITEMS) {
      fronts[(oldest + riding) % MOST_ITEMS] = nextItemAt;
      riding++;
      fed++;
      nextItemAt += gap();
    }
    if (!feeding) {
      nextItemAt = Math.max(nextItemAt, beltMetres);
    }
    while (passedOfRiding < riding && tail(passedOfRiding) > rating.eyeMetres) {
      passedOfRiding++;
      passed++;
    }
    while (riding > 0 && tail(0) > rating.lengthMetres) {
      oldest = (oldest + 1) % MOST_ITEMS;
      riding--;
      passedOfRiding = Math.max(0, passedOfRiding - 1);
    }
  }

  private double gap() {
    double free = rating.gapMetres - rating.itemMetres;
    return rating.itemMetres + free * random.nextDouble(LEAST_FREE_SHARE, 2 - LEAST_FREE_SHARE);
  }

  /// How far an item's end has come.
  private double tail(int index) {
    return beltMetres - fronts[(oldest + index) % MOST_ITEMS] - rating.itemMetres;
  }

  private boolean seen() {
    return passedOfRiding < riding && tail(passedOfRiding) + rating.itemMetres >= rating.eyeMetres;
  }

  @Override
  public double quantity(String quantityName) {
    return switch (quantityName) {
      case "running" -> speed > 0 ? 1 : 0;
      case "speed" -> speed * rating.speedMetresPerSecond;
      case "belt-speed" -> beltSpeed;
      case "position" -> beltMetres;
      case "counts" -> Math.floor(drumMetres * rating.countsPerMetre) % COUNTER_RANGE;
      case "eye" -> seen() ? 1 : 0;
      case "items" -> passed;
      case "on-belt" -> riding;
      case "fed" -> fed;
      case "jammed" -> jammed ? 1 : 0;
      default -> throw ProcessPart.unknown("a conveyor", quantityName, QUANTITIES);
    };
  }

  @Override
  public void command(String commandName, double value) {
    switch (commandName) {
      case "run" -> run = value != 0;
      case "speed" -> speedSetpoint = Math.clamp(value, 0, 1);
      case "slip" -> slip = Math.clamp(value, 0, 1);
      case "jam" -> jammed = value != 0;
      case "feed" -> feeding = value != 0;
      default -> throw ProcessPart.unknown("a conveyor", commandName, COMMANDS);
    }
  }
}
