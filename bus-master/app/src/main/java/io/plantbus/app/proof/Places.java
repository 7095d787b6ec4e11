package io.plantbus.app.proof;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.KeyPath;
import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Position;
import io.plantbus.devices.document.Reading;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.proof.Finding;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where in a plant file stands what a finding is about.
final class Places {
  private record Owner(String device, String resource) {}

  private final Position file;
  private final @Nullable Node root;
  private final Map<String, Owner> owners = new HashMap<>();

  private Places(Path file, @Nullable Node root, Plant plant) {
    this.file = Position.of(file.toString());
    this.root = root;
    for (DeviceSpec device : plant.devices()) {
      for (TagSpec tag : device.tags()) {
        owners.put(tag.name(), new Owner(device.name(), tag.resource().name()));
      }
    }
  }

  /// Reads the file once more, for its places alone.
  static Places of(ProvenPlant proven, Function<String, @Nullable String> environment) {
    Reading<Node> reading = new DocumentReader(environment).read(proven.file(), (node, _) -> node);
    return new Places(proven.file(), reading.value(), proven.plant().plant());
  }

  /// A place: as near to what is to be changed as the file has a key.
  ///
  /// @param position in the file
  /// @param path the key
  record Place(Position position, KeyPath path) {
    /// Such as `plant.yaml:12:7: lines.rs485.baud: `.
    @Override
    public String toString() {
      String keys = path.toString();
      return keys.isEmpty() ? position + ": " : position + ": " + keys + ": ";
    }
  }

  /// Where the first of what a finding is about stands.
  Place of(String line, Finding finding) {
    String tag = finding.tags().isEmpty() ? "" : finding.tags().getFirst();
    Owner owner = owners.get(tag);
    return switch (finding.kind()) {
      case OVERLOADED -> line(line, "baud");
      case NO_ROOM_FOR_SILENT, NOT_PROVEN -> line(line, "");
      case SLOWER_THAN_TIMEOUT, ANSWER_BEYOND_TIMEOUT, LATE_BESIDE_SILENT -> line(line, "timeout");
      case NARROW_DEVICE -> device(finding.device(), "profile");
      case SLOWER_THAN_STATED -> device(finding.device(), "turnaround");
      case STALE_TOO_SOON -> tag(line, owner, "stale", "stale");
      case LATE, PERIOD_TOO_SHORT, BACKGROUND_STARVES -> tag(line, owner, "period", "poll");
      case OVERLAP, UNREADABLE -> tag(line, owner, "address", "");
    };
  }

  private Place line(String name, String key) {
    return deepest(List.of("lines", name, key));
  }

  private Place device(String name, String key) {
    return deepest(List.of("devices", name, key));
  }

  /// The key of a tag, or else that of its device.
  private Place tag(String line, @Nullable Owner owner, String key, String deviceKey) {
    if (owner == null) {
      return line(line, "");
    }
    Place own = deepest(List.of("devices", owner.device(), "tags", owner.resource(), key));
    boolean found = own.path().toString().endsWith("." + key);
    Place ofDevice = device(owner.device(), deviceKey);
    return !found && !deviceKey.isEmpty() && ofDevice.path().toString().endsWith("." + deviceKey)
        ? ofDevice
        : own;
  }

  private Place deepest(List<String> keys) {
    Place place = new Place(file, KeyPath.ROOT);
    Node node = root;
    for (String key : keys) {
      Node next = node instanceof Node.Mapping mapping ? mapping.get(key) : null;
      if (next == null) {
        return place;
      }
      place = new Place(next.position(), next.path());
      node = next;
    }
    return place;
  }
}
