/// Defects planted in the code that ships, each of which the soak must find: what is not found
/// could be there unnoticed.
@NullMarked
package io.plantbus.app.soak.mutant;

import org.jspecify.annotations.NullMarked;
