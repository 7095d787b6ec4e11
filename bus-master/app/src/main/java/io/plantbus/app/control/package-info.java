/// Control of a plant that runs: a Unix domain socket of its user, over which another process on
/// the same machine asks and listens. One JSON object per line in both directions.
@NullMarked
package io.plantbus.app.control;

import org.jspecify.annotations.NullMarked;
