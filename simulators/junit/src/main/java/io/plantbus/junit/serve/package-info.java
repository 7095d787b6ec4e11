/// How benches are served for tests: the adapters, free endpoints, and a time that stands still.
@NullMarked
package io.plantbus.junit.serve;

import org.jspecify.annotations.NullMarked;
