package io.plantbus.app.device;

import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.session.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a device identified itself.
///
/// @param conformity its conformity level as told, 0x01..0x03 or 0x81..0x83 if it keeps to the
///   specification (AP 6.21); -1 if it told none
/// @param objects in the order of their ids
/// @param categories what became of each category that was asked for, the basic one first
/// @param serverId what became of function code 17; null if it was not asked
/// @param remarks what the device does against the specification
public record Identification(
    int conformity,
    List<DeviceObject> objects,
    List<Category> categories,
    @Nullable Exchange serverId,
    List<String> remarks) {

  /// What became of one category.
  ///
  /// @param code the read device id code that asks for it, 1 basic, 2 regular, 3 extended
  /// @param outcome what the stream of its objects ended with
  /// @param individually whether objects came one by one where the stream was refused
  public record Category(int code, Outcome outcome, boolean individually) {
    /// Whether objects came.
    public boolean isAnswered() {
      return individually || outcome instanceof Outcome.Answered;
    }

    /// `basic`, `regular` or `extended`.
    public String name() {
      return switch (code) {
        case 1 -> "basic";
        case 2 -> "regular";
        default -> "extended";
      };
    }
  }

  public Identification {
    objects = List.copyOf(objects);
    categories = List.copyOf(categories);
    remarks = List.copyOf(remarks);
  }

  /// Whether the device told anything about itself.
  public boolean isAnswered() {
    return categories.stream().anyMatch(Category::isAnswered)
        || (serverId != null && serverId.outcome() instanceof Outcome.Answered);
  }

  /// What the last request ended with.
  public Outcome lastOutcome() {
    return serverId == null ? categories.getLast().outcome() : serverId.outcome();
  }

  /// The name of an object by its id (AP 6.21).
  public static String nameOf(int objectId) {
    return switch (objectId) {
      case 0x00 -> "vendor name";
      case 0x01 -> "product code";
      case 0x02 -> "revision";
      case 0x03 -> "vendor URL";
      case 0x04 -> "product name";
      case 0x05 -> "model name";
      case 0x06 -> "user application name";
      default -> objectId < 0x80 ? "reserved" : "vendor's own";
    };
  }

  /// What a conformity level says, such as `basic and regular objects, one by one too`.
  public static String conformityText(int conformity) {
    String objects =
        switch (conformity & 0x7F) {
          case 1 -> "basic objects";
          case 2 -> "basic and regular objects";
          case 3 -> "basic, regular and extended objects";
          default -> "";
        };
    if (objects.isEmpty()) {
      return "not a level of the specification";
    }
    return objects + (conformity >= 0x80 ? ", one by one too" : ", as a stream only");
  }
}
