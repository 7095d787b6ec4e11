/// Control loops that read the process image and write through the master.
@NullMarked
package io.plantbus.master.loop;

import org.jspecify.annotations.NullMarked;
