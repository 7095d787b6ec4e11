package io.plantbus.hal.tcp;

import io.netty.channel.ChannelOption;
import io.plantbus.hal.tcp.tls.TlsSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the links of a port are set up.
///
/// @param tls null for plain TCP
record StreamOptions(Transport transport, KeepAlive keepAlive, @Nullable TlsSettings tls) {
  /// The scheme of its endpoints.
  String scheme() {
    return tls == null ? "tcp://" : "tls://";
  }

  /// What every channel is set to.
  @SuppressWarnings("unchecked")
  Map<ChannelOption<Object>, Object> ofChannels() {
    Map<ChannelOption<?>, Object> options = new HashMap<>(keepAlive.options(transport));
    options.put(ChannelOption.WRITE_BUFFER_WATER_MARK, NettyStreamLink.SEND_BUFFER);
    options.put(ChannelOption.TCP_NODELAY, true);
    options.put(ChannelOption.SO_KEEPALIVE, true);
    return (Map<ChannelOption<Object>, Object>) (Map<?, ?>) options;
  }
}
