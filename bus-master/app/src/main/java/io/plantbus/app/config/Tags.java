package io.plantbus.app.config;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.master.plant.TagSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tags of a plant by name, and values for them.
final class Tags {
  private final PlantDocument document;
  private final Problems problems;
  private final Map<String, TagSpec> tags = new LinkedHashMap<>();

  Tags(PlantDocument document, Problems problems) {
    this.document = document;
    this.problems = problems;
  }

  /// Adds a tag.
  ///
  /// @param where for the problem that its name is taken
  void add(TagSpec tag, Node where) {
    if (tags.putIfAbsent(tag.name(), tag) != null) {
      problems.error(where, "there is a tag '" + tag.name() + "' already", "write another name");
    }
  }

  /// The tag that is meant, or null after a problem.
  @Nullable TagSpec find(Located<String> name) {
    TagSpec tag = tags.get(name.value());
    if (tag == null && !isOfBrokenDevice(name.value())) {
      problems.unknownName(name.where(), "tag", name.value(), tags.keySet());
    }
    return tag;
  }

  /// Tags of a device that is itself wrong are not known; that is told at the device.
  private boolean isOfBrokenDevice(String tag) {
    int dot = tag.indexOf('.');
    String device = dot < 0 ? tag : tag.substring(0, dot);
    return document.deviceNames().contains(device)
        && tags.keySet().stream().noneMatch(known -> known.startsWith(device + "."));
  }

  /// What is written to a tag when the master stops, or null.
  @Nullable TagValue safeState(String tag, DeviceResource resource) {
    Located<String> written = document.safeState().get(tag);
    if (written == null) {
      return null;
    }
    if (!resource.access().canWrite()) {
      problems.error(
          written.where(), tag + " cannot be written", "name an output, or leave it away");
      return null;
    }
    return value(written, resource);
  }

  /// Tells of safe states of tags that do not exist.
  void refuseUnknownSafeStates() {
    document.safeState().forEach((name, value) -> find(new Located<>(name, value.where())));
  }

  /// The value that a text means to a resource, or null after a problem.
  @Nullable TagValue value(Located<String> written, DeviceResource resource) {
    try {
      return ResourceValue.parse(written.value(), resource);
    } catch (IllegalArgumentException wrong) {
      problems.error(written.where(), String.valueOf(wrong.getMessage()), "");
      return null;
    }
  }
}
