/// Changing a running plant: another file is read once, checked, proven, compared with what runs,
/// told as a plan, and applied as it was told.
@NullMarked
package io.plantbus.app.apply;

import org.jspecify.annotations.NullMarked;
