/// The diagnostics of servers (AP 6.8 to 6.10): counters, the event log and listen-only mode, kept
/// for each unit, and what all units of a line hear alike.
///
/// A server session makes these calls:
///
/// ```
///  LineDiagnostics.messageHeard()         a frame with a good checksum, to whomever
///  LineDiagnostics.communicationError()   a frame with a bad one, or bytes that make no frame
///  LineDiagnostics.characterOverrun()     the port lost characters
///  LineDiagnostics.broadcast(decoded)     a request to everybody: whether to execute it
///  LineDiagnostics.unit(id)               the diagnostics of the unit that a request is for
///  UnitDiagnostics.received(decoded)      a request to the unit: execute it, answer so, be silent
///  UnitDiagnostics.answered(response)     an answer or exception goes out
///  UnitDiagnostics.unanswered()           a request that was to be executed gets no answer
/// ```
@NullMarked
package io.plantbus.protocols.modbus.diagnostics;

import org.jspecify.annotations.NullMarked;
