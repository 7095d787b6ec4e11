package io.plantbus.hal.tcp;

import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.ListenSettings.WhenFull;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The places of a listener: a bounded number for everybody, and some more for configured clients.
/// Safe for use by any thread.
final class Places {
  private final ListenSettings settings;
  private final Set<Place> taken = new LinkedHashSet<>();
  private int reservedTaken;
  private long evictions;

  Places(ListenSettings settings) {
    this.settings = settings;
  }

  /// Takes a place, evicting somebody if the settings say so.
  ///
  /// @param address of the peer, which is admitted
  /// @param onEvicted closes the link; run by any thread
  /// @return null if there is none
  synchronized @Nullable Place take(InetAddress address, long nowNanos, Runnable onEvicted) {
    boolean reserved = settings.reserved().test(address);
    if (!hasRoom(reserved)) {
      Place victim = victim(address, reserved);
      if (victim == null) {
        return null;
      }
      leave(victim);
      evictions++;
      victim.evict();
    }
    Place place = new Place(address, reserved, nowNanos, onEvicted);
    taken.add(place);
    reservedTaken += reserved ? 1 : 0;
    return place;
  }

  /// Gives a place back; once is enough.
  synchronized void leave(Place place) {
    if (taken.remove(place) && place.isReserved()) {
      reservedTaken--;
    }
  }

  synchronized int taken() {
    return taken.size();
  }

  /// Closes every link.
  synchronized void evictAll() {
    Set.copyOf(taken).forEach(Place::evict);
  }

  /// Links closed so far for the sake of newcomers.
  synchronized long evictions() {
    return evictions;
  }

  /// The longest silent of all, if it has been silent that long.
  synchronized @Nullable Place silentSince(long nanos) {
    Place idlest = idlest(_ -> true);
    return idlest != null && idlest.heardNanos() - nanos <= 0 ? idlest : null;
  }

  private boolean hasRoom(boolean reserved) {
    int beyondReserved = Math.max(0, reservedTaken - settings.reservedPlaces());
    int common = taken.size() - reservedTaken + beyondReserved;
    return common < settings.maxConnections()
        || (reserved && reservedTaken < settings.reservedPlaces());
  }

  /// Who makes room: a configured client may have come back while its old link is still thought
  /// open, so it may at the least replace that.
  private @Nullable Place victim(InetAddress newcomer, boolean reserved) {
    Place victim = null;
    if (settings.whenFull() == WhenFull.CLOSE_IDLEST) {
      victim = idlest(place -> !place.isReserved());
    }
    if (victim == null && reserved) {
      victim = idlest(place -> place.address().equals(newcomer));
    }
    return victim;
  }

  private @Nullable Place idlest(Predicate<Place> wanted) {
    Place idlest = null;
    for (Place place : taken) {
      if (wanted.test(place) && (idlest == null || place.heardNanos() - idlest.heardNanos() < 0)) {
        idlest = place;
      }
    }
    return idlest;
  }
}
