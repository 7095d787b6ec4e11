@NullMarked
package io.plantbus.master.proof.bound;

import org.jspecify.annotations.NullMarked;
