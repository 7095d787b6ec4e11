/// The ledger of what the Modbus specifications ask for, and tests of it, on sessions and byte for
/// byte.
@NullMarked
package io.plantbus.protocols.conformance;

import org.jspecify.annotations.NullMarked;
