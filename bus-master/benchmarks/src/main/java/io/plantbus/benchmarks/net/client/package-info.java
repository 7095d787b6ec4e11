/// Modbus TCP clients in Java, each behind the same commands: those of this project, those of other
/// libraries, and the floors that speak no protocol.
@NullMarked
package io.plantbus.benchmarks.net.client;

import org.jspecify.annotations.NullMarked;
