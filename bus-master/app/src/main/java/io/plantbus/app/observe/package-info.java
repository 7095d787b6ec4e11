/// What a run learned about the devices of a plant, kept in a file beside the plant file.
@NullMarked
package io.plantbus.app.observe;

import org.jspecify.annotations.NullMarked;
