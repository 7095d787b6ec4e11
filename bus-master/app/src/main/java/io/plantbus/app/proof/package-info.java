/// What was proven of a plan, for a person and for a script.
@NullMarked
package io.plantbus.app.proof;

import org.jspecify.annotations.NullMarked;
