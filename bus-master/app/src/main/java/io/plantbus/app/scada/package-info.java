/// The endpoint that a SCADA system reads and writes over Modbus TCP: a stable map of tags, behind
/// which nothing can hurt the buses.
@NullMarked
package io.plantbus.app.scada;

import org.jspecify.annotations.NullMarked;
