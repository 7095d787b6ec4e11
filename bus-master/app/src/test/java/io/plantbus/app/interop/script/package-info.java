/// What every client asks every server ([Script]), one [Operation] after the other, and the only
/// right replies ([Model]).
@NullMarked
package io.plantbus.app.interop.script;

import org.jspecify.annotations.NullMarked;
