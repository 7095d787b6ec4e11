/// The program: where adapters are chosen and put behind the ports, and where the command line
/// begins.
@NullMarked
package io.plantbus.app;

import org.jspecify.annotations.NullMarked;
