/// A plant from its start to the safe states of its outputs, on hardware or on simulated slaves.
@NullMarked
package io.plantbus.app.run;

import org.jspecify.annotations.NullMarked;
