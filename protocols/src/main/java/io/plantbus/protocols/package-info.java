/// What the protocols share.
@NullMarked
package io.plantbus.protocols;

import org.jspecify.annotations.NullMarked;
