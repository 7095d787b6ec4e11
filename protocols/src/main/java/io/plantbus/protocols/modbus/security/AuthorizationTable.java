package io.plantbus.protocols.modbus.security;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may do what. What no rule allows is not allowed. Immutable.
///
/// ```
///  role, unit, function ─ a rule of theirs? ─ no ─▶ denied
///          │
///         yes ─ every access of the request granted by such a rule ─ no ─▶ denied
///                             │
///                            yes ─▶ allowed
/// ```
///
/// Each access must be covered by one grant as a whole: two grants side by side do not add up.
/// Different accesses of one request, as those of function code 23, may be granted by different
/// rules.
///
/// @param rules at most 1024, in any order
public record AuthorizationTable(List<AuthorizationRule> rules) {
  private static final int MOST_RULES = 1024;

  /// A table that allows nothing.
  public static final AuthorizationTable NOTHING = new AuthorizationTable(List.of());

  public AuthorizationTable {
    rules = List.copyOf(rules);
    if (rules.size() > MOST_RULES) {
      throw new IllegalArgumentException("rules must be 0.." + MOST_RULES);
    }
  }

  /// Whether a client may have this request executed.
  ///
  /// @param role the client's, or null if it has none
  public boolean allows(@Nullable Role role, UnitId unit, Request request) {
    int function = request.functionCode();
    boolean concerned = false;
    for (AuthorizationRule rule : rules) {
      concerned |= rule.concerns(role, unit, function);
    }
    if (!concerned) {
      return false;
    }
    for (Access access : Access.of(request)) {
      if (!isGranted(role, unit, function, access)) {
        return false;
      }
    }
    return true;
  }

  private boolean isGranted(@Nullable Role role, UnitId unit, int function, Access access) {
    for (AuthorizationRule rule : rules) {
      if (rule.concerns(role, unit, function) && rule.grants(access)) {
        return true;
      }
    }
    return false;
  }
}
