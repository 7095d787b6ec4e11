/// What a device tells about its communication, and what stands out in it.
@NullMarked
package io.plantbus.app.device.diagnosis;

import org.jspecify.annotations.NullMarked;
