/// Tests of health and load of lines.
@NullMarked
package io.plantbus.master.line;

import org.jspecify.annotations.NullMarked;
