package io.plantbus.protocols.modbus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The user-defined functions that a session knows. Immutable.
public final class UserFunctions {
  /// None.
  public static final UserFunctions NONE = new UserFunctions(List.of());

  private final @Nullable UserFunction[] byCode = new @Nullable UserFunction[128];

  private UserFunctions(List<UserFunction> functions) {
    for (UserFunction one : functions) {
      if (byCode[one.code()] != null) {
        throw new IllegalArgumentException("function " + one.code() + " is registered twice");
      }
      byCode[one.code()] = one;
    }
  }

  /// These.
  ///
  /// @throws IllegalArgumentException if two have the same code
  public static UserFunctions of(UserFunction... functions) {
    return new UserFunctions(List.of(functions));
  }

  /// The function of this code, or null if it is none of these.
  ///
  /// @param code any
  public @Nullable UserFunction find(int code) {
    return code >= 0 && code < byCode.length ? byCode[code] : null;
  }
}
