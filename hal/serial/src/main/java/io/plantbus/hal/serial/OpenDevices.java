package io.plantbus.hal.serial;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Which devices this process has open. The vendor cannot open one twice and reports that with an
/// error number that means something else. Safe for use by any thread.
final class OpenDevices {
  private final Set<String> open = new HashSet<>();

  /// Takes a device.
  ///
  /// @return false if it is taken already
  synchronized boolean claim(String device) {
    return open.add(device);
  }

  synchronized void release(String device) {
    open.remove(device);
    notifyAll();
  }

  /// Waits until every device is released, or the time is over, or the thread is interrupted.
  synchronized void awaitNone(long timeoutNanos) {
    long end = System.nanoTime() + timeoutNanos;
    try {
      for (long left = timeoutNanos; !open.isEmpty() && left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
