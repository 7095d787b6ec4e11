package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.plantbus.hal.ListenSettings;
import io.plantbus.hal.ListenSettings.WhenFull;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final InetAddress CONFIGURED = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress ALSO_CONFIGURED = InetAddress.ofLiteral("10.0.0.2");
  private static final InetAddress OTHER = InetAddress.ofLiteral("10.9.9.9");
  private static final ListenSettings TWO_AND_ONE =
      ListenSettings.of(2).reserving(1, address -> address.getHostAddress().startsWith("10.0."));

  private final List<String> evicted = new ArrayList<>();
  private long now;

  private @Nullable Place take(Places places, InetAddress address, String name) {
    return places.take(address, now++, () -> evicted.add(name));
  }

  @Covers(Requirement.RESERVED_CLIENT)
  @Test
  void aCrowdCannotLockOutAConfiguredClient() {
    Places places = new Places(TWO_AND_ONE);
    assertNotNull(take(places, OTHER, "a"));
    assertNotNull(take(places, OTHER, "b"));
    assertNull(take(places, OTHER, "c"));
    assertNotNull(take(places, CONFIGURED, "master"));
    assertNull(take(places, OTHER, "d"));
    assertEquals(3, places.taken());
    assertEquals(List.of(), evicted);
  }

  @Test
  void aConfiguredClientMayUseThePlacesOfEverybody() {
    Places places = new Places(TWO_AND_ONE);
    for (int i = 0; i < 3; i++) {
      assertNotNull(take(places, CONFIGURED, "master" + i));
    }
    assertNull(take(places, OTHER, "a"));
    assertNull(take(places, ALSO_CONFIGURED, "second"));
  }

  @Test
  void aConfiguredClientThatComesBackReplacesItsOldestSilentLink() {
    Places places = new Places(TWO_AND_ONE);
    Place first = take(places, CONFIGURED, "old");
    take(places, OTHER, "a");
    take(places, OTHER, "b");
    Objects.requireNonNull(first).heard(now++);
    assertNotNull(take(places, CONFIGURED, "new"));
    assertEquals(List.of("old"), evicted);
    assertEquals(3, places.taken());
    assertEquals(1, places.evictions());
  }

  @Test
  void theLongestSilentUnreservedLinkMakesRoomIfThatIsThePolicy() {
    Places places = new Places(TWO_AND_ONE.whenFull(WhenFull.CLOSE_IDLEST));
    take(places, CONFIGURED, "master");
    Place first = take(places, OTHER, "a");
    take(places, OTHER, "b");
    Objects.requireNonNull(first).heard(now++);
    assertNotNull(take(places, OTHER, "c"));
    assertEquals(List.of("b"), evicted);
    assertNotNull(take(places, ALSO_CONFIGURED, "second"));
    assertEquals(List.of("b", "a"), evicted);
    assertEquals(3, places.taken());
  }

  @Test
  void aPlaceGivenBackTwiceCountsOnce() {
    Places places = new Places(TWO_AND_ONE);
    Place place = Objects.requireNonNull(take(places, CONFIGURED, "master"));
    places.leave(place);
    places.leave(place);
    assertEquals(0, places.taken());
    for (String name : List.of("a", "b")) {
      assertNotNull(take(places, OTHER, name));
    }
    assertNull(take(places, OTHER, "c"));
  }
}
