/// The ledger of what the Modbus specifications ask for, made from the annotations of all tests.
@NullMarked
package io.plantbus.app.conformance;

import org.jspecify.annotations.NullMarked;
