/// What a person sees of a running plant: a live table in a terminal, plain lines when piped.
@NullMarked
package io.plantbus.app.live;

import org.jspecify.annotations.NullMarked;
