/// Tests of the process image.
@NullMarked
package io.plantbus.master.image;

import org.jspecify.annotations.NullMarked;
