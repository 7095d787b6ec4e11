@NullMarked
package io.plantbus.app.observe;

import org.jspecify.annotations.NullMarked;
