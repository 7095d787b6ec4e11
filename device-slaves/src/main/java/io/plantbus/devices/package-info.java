/// What field devices are made of: values, their quality, and the words that both sides of a bus
/// share.
@NullMarked
package io.plantbus.devices;

import org.jspecify.annotations.NullMarked;
