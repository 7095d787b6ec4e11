package io.plantbus.app.conformance;

import java.util.List;

/// A method that names requirements.
///
/// @param module the folder of its module
/// @param className its class without package
/// @param method its name
/// @param isTest whether JUnit runs it
/// @param requirements names of constants
record CoveringMethod(
    String module, String className, String method, boolean isTest, List<String> requirements) {
  /// Where it is, such as `protocols: Crc16Test#nothingIsNoFrame`.
  String place() {
    return module + ": " + className + "#" + method;
  }
}
