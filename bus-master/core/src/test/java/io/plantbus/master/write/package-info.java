/// Tests of how values are written.
@NullMarked
package io.plantbus.master.write;

import org.jspecify.annotations.NullMarked;
