package io.plantbus.app.scada;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.security.Role;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The requests that clients were not allowed to make: each is counted, and the first of its kind
/// is logged. Safe for use by any thread.
final class Denials {
  private static final Logger LOGGER = LoggerFactory.getLogger(Denials.class);
  private static final int MOST_KINDS = 1000;

  private final Set<Kind> known = ConcurrentHashMap.newKeySet();
  private final AtomicLong count = new AtomicLong();

  /// @param host the client's address, without its port
  private record Kind(String host, @Nullable Role role, int functionCode) {}

  /// @param peer as `address:port`
  void add(String peer, @Nullable Role role, Request request) {
    count.incrementAndGet();
    String host = peer.substring(0, Math.max(0, peer.lastIndexOf(':')));
    if (known.size() < MOST_KINDS && known.add(new Kind(host, role, request.functionCode()))) {
      LOGGER
          .atWarn()
          .addKeyValue("peer", peer)
          .addKeyValue("role", role == null ? "none" : role.name())
          .addKeyValue("function", request.functionCode())
          .log(
              "a SCADA client asked for what its role is not allowed; later ones are counted only");
    }
  }

  long count() {
    return count.get();
  }
}
