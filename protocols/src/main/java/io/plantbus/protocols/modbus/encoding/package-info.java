/// How values lie in registers: data types, byte and word orders, bit fields, scaling.
@NullMarked
package io.plantbus.protocols.modbus.encoding;

import org.jspecify.annotations.NullMarked;
