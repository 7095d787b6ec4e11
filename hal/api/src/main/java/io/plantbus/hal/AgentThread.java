package io.plantbus.hal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The thread of one agent of a [ThreadRunner]. Between two steps it sleeps, or waits for a link
/// that was opened on it.
public final class AgentThread extends Thread {
  private volatile @Nullable WaitingPlace place;

  /// Whether the latest rest was a wait there; of this thread only.
  private boolean looked;

  AgentThread(String name, Runnable loop) {
    super(loop, name);
    setDaemon(true);
  }

  /// Has the thread wait there from now on. On this thread only.
  ///
  /// @return false if it waits somewhere else already
  public boolean waitAt(WaitingPlace at) {
    if (place != null) {
      return false;
    }
    place = at;
    return true;
  }

  /// Has the thread wait there no more.
  public void leave(WaitingPlace at) {
    if (at.equals(place)) {
      place = null;
    }
  }

  /// Looks for what happened since the latest step, unless a rest just did.
  void look() {
    WaitingPlace at = place;
    if (at != null && !looked) {
      at.await(0);
    }
    looked = false;
  }

  void rest(long mostNanos) {
    WaitingPlace at = place;
    if (at == null) {
      LockSupport.parkNanos(this, mostNanos);
    } else {
      at.await(mostNanos);
      looked = true;
    }
  }

  /// Ends the rest; any thread.
  void wake() {
    if (!equals(Thread.currentThread())) {
      WaitingPlace at = place;
      if (at != null) {
        at.wake();
      }
      LockSupport.unpark(this);
    }
  }
}
