/// What a running master learns about its devices, and keeps for the next start: how long they
/// take, and which reads they refuse.
@NullMarked
package io.plantbus.master.observe;

import org.jspecify.annotations.NullMarked;
