/// The master over simulated lines, in virtual time.
@NullMarked
package io.plantbus.master;

import org.jspecify.annotations.NullMarked;
