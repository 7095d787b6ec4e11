package io.plantbus.master.observe;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;

/// Addresses that a device does not give in one answer: it refuses every read that holds all of
/// them, for one of them does not exist or they are of two kinds.
///
/// @param table where they lie
/// @param range the least span that is known to be refused
public record RefusedSpan(DataTable table, AddressRange range) {}
