/// The process image: the latest sample of every tag, with quality and time.
@NullMarked
package io.plantbus.master.image;

import org.jspecify.annotations.NullMarked;
