/// What goes over a line, kept at its edge: a ring of the newest bytes with their times, written by
/// the line's owner without waiting, read by anybody at their own pace.
@NullMarked
package io.plantbus.master.trace;

import org.jspecify.annotations.NullMarked;
