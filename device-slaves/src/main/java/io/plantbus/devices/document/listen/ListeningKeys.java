package io.plantbus.devices.document.listen;

import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.ListenSettings.WhenFull;
import io.plantbus.protocols.modbus.security.IpFilter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The keys that say which clients a listener serves, and how many of them.
///
/// @param most places for everybody
/// @param clients addresses with a place of their own
/// @param admit addresses that are served at all
/// @param idle after which silence a connection is closed
/// @param whenFull what becomes of a client too many
public record ListeningKeys(
    Key<Integer> most,
    Key<List<IpFilter.Block>> clients,
    OptionalKey<List<IpFilter.Block>> admit,
    OptionalKey<Duration> idle,
    Key<WhenFull> whenFull) {
  private static final int MOST_BLOCKS = 256;

  /// Equal to another one that was written alike.
  private record Either(IpFilter one, IpFilter other) implements Predicate<InetAddress> {
    @Override
    public boolean test(InetAddress address) {
      return one.test(address) || other.test(address);
    }
  }

  private static final Type<IpFilter.Block> BLOCK =
      Types.parsed(
          "an address or a network",
          "write it like 10.0.0.7, 10.0.0.0/24 or fd00::/8",
          IpFilter.Block::parse);

  /// Declares them.
  ///
  /// @param usually how many clients are served at once unless written, 1..1000
  /// @param idleUsually how long a client may be silent unless written, in words
  public static ListeningKeys of(Keys keys, int usually, String idleUsually) {
    return new ListeningKeys(
        keys.optional(
            "max-clients",
            Types.integer(1, 1000),
            Integer.toString(usually),
            "Connections served at once."),
        keys.optional(
            "clients",
            Types.list(BLOCK, 0, MOST_BLOCKS),
            "[]",
            "Addresses of known clients. Each has a place besides `max-clients`, so that no crowd of"
                + " others locks it out, and is admitted."),
        keys.optional(
            "admit",
            Types.list(BLOCK, 0, MOST_BLOCKS),
            "Addresses and networks that are served besides `clients`; everybody if left away."),
        keys.optional(
            "idle-timeout",
            Types.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
            "How long a client may send nothing before its connection is closed; "
                + idleUsually
                + " if left away."),
        keys.optional(
            "when-full",
            ChoiceType.of("refuse", WhenFull.REFUSE).or("close-idlest", WhenFull.CLOSE_IDLEST),
            "refuse",
            "Whether a client too many is refused, or takes the place of the one that has been silent"
                + " for longest."));
  }

  /// What was written.
  public ListenSettings settings(Fields fields) {
    IpFilter known = new IpFilter(fields.get(clients));
    ListenSettings settings =
        ListenSettings.of(fields.get(most))
            .reserving(known.blocks().size(), known)
            .whenFull(fields.get(whenFull));
    @Nullable List<IpFilter.Block> admitted = fields.get(admit);
    if (admitted != null) {
      settings = settings.admitting(new Either(known, new IpFilter(admitted)));
    }
    @Nullable Duration silence = fields.get(idle);
    return silence == null ? settings : settings.closingIdleAfter(silence.toNanos());
  }
}
