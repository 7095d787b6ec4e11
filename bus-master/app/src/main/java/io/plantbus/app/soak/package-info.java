/// The soak: a whole plant, made by seed, in virtual time with faults on, while every step is held
/// against what must always be true; what breaks it is made small and told as one command.
@NullMarked
package io.plantbus.app.soak;

import org.jspecify.annotations.NullMarked;
