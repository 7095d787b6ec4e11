/// Sends the requests of a capture again and compares what comes of them.
@NullMarked
package io.plantbus.app.replay;

import org.jspecify.annotations.NullMarked;
