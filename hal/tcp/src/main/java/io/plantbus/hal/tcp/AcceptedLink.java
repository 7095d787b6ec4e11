package io.plantbus.hal.tcp;

import io.plantbus.hal.Link;

/// A link whose agent a listener stops when the link has come to its end.
interface AcceptedLink extends Link {
  /// The peer as `address:port`.
  String peer();

  /// Sets what to run once the owner has closed this link or was told that it is lost.
  void onFinished(Runnable callback);
}
