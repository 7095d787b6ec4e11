/// Serial ports through jSerialComm: [SerialPorts] makes them.
///
/// ```
///  owner ── write ────────────────────────────▶ vendor ──▶ driver ──▶ wire
///  owner ◀── read ◀─ [receive buffer] ◀─ reader thread ◀─ vendor ◀── driver ◀── wire
/// ```
///
/// What an owner may rely on beyond the port's contract:
/// - Each open port has one daemon thread that sleeps in the driver's read, gives bytes their time
///   of arrival and runs the activity callback. It wakes when bytes come, and once a second.
/// - `write` hands bytes to the driver on the calling thread, and takes no more than the driver
///   holds without waiting (512 bytes under way). A driver that blocks nevertheless is given up
///   after about two seconds: the port is then lost.
/// - A device that is unplugged closes the port and makes it lost as soon as the driver tells,
///   mostly at once.
/// - `close` first lets the frame under way leave the port (at most half a second), because the
///   vendor drops what the driver still holds.
/// - Ports are held exclusively, against other programs and against this one.
/// - The port is opened raw: no echo, no flow control, DTR and RTS on. Bytes with a wrong parity
///   bit are dropped by the driver, uncounted.
/// - RS-485 direction is switched by the kernel or by the adapter. Direction by RTS is refused:
///   nothing here tells when the last bit has left.
///
/// What is fenced off, because jSerialComm 2.11.4 does otherwise:
/// - Its native library comes from a private directory that exists only while it is loaded, never
///   from a shared one where others could have planted a file.
/// - A path that does not exist is refused instead of being looked up again under `/dev`.
/// - Its settings are wishes; what the driver applied is read back through [SettingsReadBack].
/// - RS-485 direction switching that a device tree enabled stays enabled unless asked for.
/// - At the end of the process it waits (three seconds at most) for owners to close their ports, so
///   that a last frame can still be sent.
/// - It makes the process ignore hang-up and other signals; their dispositions are put back.
@NullMarked
package io.plantbus.hal.serial;

import org.jspecify.annotations.NullMarked;
