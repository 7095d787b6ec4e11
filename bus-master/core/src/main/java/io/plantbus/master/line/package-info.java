/// Line agents: one owner per line, one transaction in flight, polls and writes in their order.
@NullMarked
package io.plantbus.master.line;

import org.jspecify.annotations.NullMarked;
