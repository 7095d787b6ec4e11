/// Writes: commands on their way down, and what really became of them.
@NullMarked
package io.plantbus.master.write;

import org.jspecify.annotations.NullMarked;
