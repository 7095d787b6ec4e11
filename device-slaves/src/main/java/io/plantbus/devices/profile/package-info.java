/// Device profiles: which resources a kind of device has and how each lies in its registers; read
/// once, used by master and slave.
///
/// Profiles are written in the device-profile format of EdgeX (YAML, API v3). [ProfileReader] takes
/// those files as they are and adds:
///
/// | key | meaning |
/// |---|---|
/// | `attributes.startingAddress` | beside the 0-based number of EdgeX and its `10.03` for bit 3, all forms of [io.plantbus.protocols.modbus.RegisterAddress] but the five-digit one, which EdgeX takes as 0-based; then `primaryTable` may be absent |
/// | `attributes.order` | `ABCD`, `CDAB`, `BADC` or `DCBA`, instead of the swap flags |
/// | `attributes.bits` | `{first: 4, count: 2}`, a bit field, instead of `mask` and `shift` |
/// | `attributes.sentinels` | raw values that mean "not available" |
/// | `attributes.i2cRegister`, `attributes.pec` | a register of an I2C device |
/// | `attributes.driver`, `attributes.channel` | a channel of an I2C device that has a driver |
/// | `plantbus` | bus, request limits, driver and version of the whole profile |
///
/// Where EdgeX swaps bytes and words of 32-bit values only, the flags hold for every width here.
/// `base` is refused: it makes a power of the value.
@NullMarked
package io.plantbus.devices.profile;

import org.jspecify.annotations.NullMarked;
