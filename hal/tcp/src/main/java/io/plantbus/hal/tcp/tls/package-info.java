/// TLS for TCP links, with certificates on both sides, as Modbus/TCP Security asks for: who we are,
/// whom we trust, and why a peer was not accepted.
@NullMarked
package io.plantbus.hal.tcp.tls;

import org.jspecify.annotations.NullMarked;
