/// The commands of who commissions one device: what it is, how its communication does, and what it
/// makes of any request.
@NullMarked
package io.plantbus.app.cli.device;

import org.jspecify.annotations.NullMarked;
