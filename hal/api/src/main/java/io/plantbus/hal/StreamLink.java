package io.plantbus.hal;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// A reliable, ordered stream of bytes to one peer, such as a TCP connection.
///
/// ```
///  owner: open ─ CONNECTING ──────── OPEN ─ write ─ read … ─ LOST (peer closed, reset) or CLOSED (close)
///                    └─ refused, unreachable, timed out ─ LOST; read and write throw the reason
/// ```
///
/// Segment boundaries mean nothing: any split and any coalescing of what was written may be read.
public interface StreamLink extends Link {
  /// The peer as `address:port`.
  String peer();

  /// Who the peer has proved to be: the first certificate of its chain, checked against the trust
  /// anchors; null where the stream is not secured, and while it is connecting.
  default @Nullable X509Certificate peerCertificate() {
    return null;
  }

  /// Closes as [#close] does, but drops what was not sent yet and, where the implementation can,
  /// resets the connection, so that the peer knows that it did not end in order.
  default void abort() {
    close();
  }
}
