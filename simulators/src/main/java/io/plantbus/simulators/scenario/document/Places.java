package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Position;

/// Where things are written.
final class Places {
  private Places() {}

  /// File and line, such as `acceptance.yaml:14`; the file without its folders, so that reports are
  /// the same wherever it lies.
  static String of(Node node) {
    Position position = node.position();
    String file = position.file();
    return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
        + ":"
        + position.line();
  }
}
