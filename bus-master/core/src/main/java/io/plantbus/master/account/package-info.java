/// What the time of a line goes to: by device and by cause, how long devices take to answer, which
/// deadlines are missed, and who is to blame, in words. Counting allocates nothing and takes no
/// lock; snapshots are immutable.
@NullMarked
package io.plantbus.master.account;

import org.jspecify.annotations.NullMarked;
