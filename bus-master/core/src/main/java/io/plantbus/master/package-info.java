/// The bus master: owns the lines of a plant, polls, writes, and keeps the process image.
@NullMarked
package io.plantbus.master;

import org.jspecify.annotations.NullMarked;
