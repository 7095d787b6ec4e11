/// How a running plant is doing: where the time of its lines goes, in rows for a person and as
/// JSON.
@NullMarked
package io.plantbus.app.status;

import org.jspecify.annotations.NullMarked;
