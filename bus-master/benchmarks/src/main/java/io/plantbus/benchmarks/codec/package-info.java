/// What encoding, deframing, decoding and checksums cost, with the allocations of each.
@NullMarked
package io.plantbus.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
