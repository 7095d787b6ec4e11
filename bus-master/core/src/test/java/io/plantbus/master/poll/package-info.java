/// Tests of what is read together and next.
@NullMarked
package io.plantbus.master.poll;

import org.jspecify.annotations.NullMarked;
