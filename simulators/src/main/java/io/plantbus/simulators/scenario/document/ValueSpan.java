package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.simulators.scenario.Spans;
import org.jspecify.annotations.Nullable;

/// The values that something can take.
///
/// @param name what it is, for people
/// @param kind what its values are
/// @param least minus infinity for any
/// @param most infinity for any
record ValueSpan(String name, Kind kind, double least, double most) {
  /// What values are.
  enum Kind {
    NUMBER,
    STATE,
    TEXT
  }

  /// @param isLimited whether a value beyond the resource's minimum and maximum never comes
  static ValueSpan of(@Nullable DeviceResource resource, boolean isLimited) {
    double least = Double.NEGATIVE_INFINITY;
    double most = Double.POSITIVE_INFINITY;
    if (resource == null) {
      return new ValueSpan("this", Kind.NUMBER, least, most);
    }
    RegisterEncoding encoding =
        switch (resource.point()) {
          case Point.Modbus point -> point.encoding();
          case Point.I2cRegister point -> point.encoding();
          case Point.I2cChannel _ -> null;
        };
    Kind kind = Kind.NUMBER;
    if (encoding != null) {
      DataType type = encoding.type();
      kind = type == DataType.BOOL ? Kind.STATE : type == DataType.STRING ? Kind.TEXT : Kind.NUMBER;
      if (type.isInteger()) {
        int bits = encoding.isField() ? encoding.bitCount() : type.bits();
        boolean isSigned = type.isSigned() && !encoding.isField();
        double low = isSigned ? -Math.pow(2, bits - 1.0) : 0;
        double high = Math.pow(2, isSigned ? bits - 1.0 : bits) - 1;
        double one = low * encoding.scale() + encoding.offset();
        double other = high * encoding.scale() + encoding.offset();
        least = Math.min(one, other);
        most = Math.max(one, other);
      }
    }
    Double minimum = resource.minimum();
    Double maximum = resource.maximum();
    if (isLimited && minimum != null) {
      least = Math.max(least, minimum);
    }
    if (isLimited && maximum != null) {
      most = Math.min(most, maximum);
    }
    return new ValueSpan(resource.name(), kind, least, most);
  }

  void requireReachable(Node where, double value, Problems problems) {
    if (!Double.isNaN(value)) {
      requireOverlap(where, value, value, true, problems);
    }
  }

  void requireNumber(Node where, Problems problems) {
    if (kind != Kind.NUMBER) {
      problems.error(
          where,
          name + (kind == Kind.STATE ? " is a state" : " is text") + ", which has no bounds",
          "write 'equals'");
    }
  }

  /// Adds a problem if no value of the span lies within the bounds.
  void requireOverlap(Node where, double from, double to, boolean isInclusive, Problems problems) {
    boolean isApart = isInclusive ? to < least || from > most : to <= least || from >= most;
    if (kind == Kind.NUMBER && isApart) {
      problems.error(
          where,
          "this can never be: %s takes %s to %s"
              .formatted(
                  name,
                  least == Double.NEGATIVE_INFINITY ? "any" : Spans.number(least),
                  most == Double.POSITIVE_INFINITY ? "any" : Spans.number(most)),
          "write a value within that");
    }
  }
}
