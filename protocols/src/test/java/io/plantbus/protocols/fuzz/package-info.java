/// Decoders, deframers and sessions fed with arbitrary bytes, at arbitrary chunking and times.
///
/// A fuzzer's bytes are read as a script of steps where a session is played, so that arbitrary
/// interleavings of offers, answers, deliveries, time and resets come up. What was found worth
/// keeping is replayed by every test run from `src/test/resources`.
@NullMarked
package io.plantbus.protocols.fuzz;

import org.jspecify.annotations.NullMarked;
