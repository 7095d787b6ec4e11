/// Alarms of tags: limits with dead band and delays, and bad quality, with the states of ISA-18.2.
@NullMarked
package io.plantbus.master.alarm;

import org.jspecify.annotations.NullMarked;
