package io.plantbus.app.scada;

import io.plantbus.hal.TlsFiles;
import io.plantbus.protocols.modbus.security.AuthorizationTable;

/// How the endpoint is secured (Modbus/TCP Security).
///
/// @param files who we are to clients, and whose certificates we accept from them
/// @param table what the role in a client's certificate may ask for
public record ScadaSecurity(TlsFiles files, AuthorizationTable table) {}
