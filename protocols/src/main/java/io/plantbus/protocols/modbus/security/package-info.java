/// Who may do what over Modbus/TCP Security: the role in a client's certificate, and the table that
/// says what each role may ask for.
@NullMarked
package io.plantbus.protocols.modbus.security;

import org.jspecify.annotations.NullMarked;
