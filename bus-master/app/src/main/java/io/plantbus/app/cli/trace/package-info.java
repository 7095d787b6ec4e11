/// Commands that watch a plant while it runs.
@NullMarked
package io.plantbus.app.cli.trace;

import org.jspecify.annotations.NullMarked;
