/// Modbus TCP servers in Java, each in a process of its own: that of this project, those of other
/// libraries, and the floor that speaks no more protocol than it must.
@NullMarked
package io.plantbus.benchmarks.net.server;

import org.jspecify.annotations.NullMarked;
