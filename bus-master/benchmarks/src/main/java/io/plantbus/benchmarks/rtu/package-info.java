/// Modbus RTU over pseudo terminals, against one slave in C.
@NullMarked
package io.plantbus.benchmarks.rtu;

import org.jspecify.annotations.NullMarked;
