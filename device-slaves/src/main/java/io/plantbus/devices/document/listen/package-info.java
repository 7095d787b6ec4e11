/// What every document says alike about endpoints that listen.
@NullMarked
package io.plantbus.devices.document.listen;

import org.jspecify.annotations.NullMarked;
