/// TCP through Netty: stream links whose owners step on the event loop of their channel, so that a
/// transaction crosses no thread.
@NullMarked
package io.plantbus.hal.tcp;

import org.jspecify.annotations.NullMarked;
