/// Tests of the books of lines.
@NullMarked
package io.plantbus.master.account;

import org.jspecify.annotations.NullMarked;
