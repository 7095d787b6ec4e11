/// What is read together, and what is read next.
@NullMarked
package io.plantbus.master.poll;

import org.jspecify.annotations.NullMarked;
