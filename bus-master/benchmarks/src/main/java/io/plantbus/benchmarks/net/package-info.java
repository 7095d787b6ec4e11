/// Modbus TCP at full speed: clients and servers of this project, of other libraries and without
/// any protocol at all, each in a process of its own, side by side in one run.
@NullMarked
package io.plantbus.benchmarks.net;

import org.jspecify.annotations.NullMarked;
