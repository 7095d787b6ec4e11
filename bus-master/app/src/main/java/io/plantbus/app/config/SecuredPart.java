package io.plantbus.app.config;

import io.plantbus.devices.document.Node;
import io.plantbus.hal.TlsFiles;

/// A part of a plant file that names files to secure it with.
///
/// @param where the mapping with the keys `certificate`, `key` and `trust`
/// @param files what they name
public record SecuredPart(Node where, TlsFiles files) {
  /// The value of a key; the mapping where it is not written.
  Node at(String key) {
    Node value = where instanceof Node.Mapping mapping ? mapping.get(key) : null;
    return value == null ? where : value;
  }
}
