/// What is different between two plants, as it is told before and applied while one of them runs.
@NullMarked
package io.plantbus.master.change;

import org.jspecify.annotations.NullMarked;
