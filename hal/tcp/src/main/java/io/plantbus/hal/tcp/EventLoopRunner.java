package io.plantbus.hal.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.NanoClock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Steps agents on one event loop: the thread that a channel's bytes arrive on is the thread that
/// its agent runs on. There is one runner for each event loop.
final class EventLoopRunner implements AgentRunner {
  private static final int BUFFER_BYTES = 4096;

  private final EventLoop loop;
  private final NanoClock clock;
  private final BiConsumer<Agent, Throwable> onFailure;
  private final Set<EventLoopAgent> running = ConcurrentHashMap.newKeySet();
  private final ByteBuf readBuffer = Unpooled.directBuffer(BUFFER_BYTES, BUFFER_BYTES);
  private final ByteBuf sendBuffer = Unpooled.directBuffer(BUFFER_BYTES, BUFFER_BYTES);
  private volatile boolean closed;

  /// Whether some agent of this loop is inside a call; belongs to the loop.
  private boolean occupied;

  /// The link that gathers what is written inside that call.
  private @Nullable NettyStreamLink gathering;

  EventLoopRunner(EventLoop loop, NanoClock clock, BiConsumer<Agent, Throwable> onFailure) {
    this.loop = loop;
    this.clock = clock;
    this.onFailure = onFailure;
  }

  @Override
  public NanoClock clock() {
    return clock;
  }

  /// Starts stepping the agent, the first time at once but not inside this call.
  ///
  /// @throws IllegalStateException if the port that made this runner is closed
  @Override
  public AgentHandle start(Agent agent) {
    return start(agent, _ -> {});
  }

  /// Starts an agent.
  ///
  /// @param afterStopped run on the loop after the agent's `stopped`
  EventLoopAgent start(Agent agent, Consumer<EventLoopAgent> afterStopped) {
    EventLoopAgent run = new EventLoopAgent(this, agent, afterStopped);
    running.add(run);
    if (closed || !run.begin()) {
      running.remove(run);
      throw new IllegalStateException("the TCP port of this runner is closed");
    }
    return run;
  }

  EventLoop loop() {
    return loop;
  }

  /// Whether the calling thread is this loop's and no agent is inside a call.
  boolean isFree() {
    return loop.inEventLoop() && !occupied;
  }

  void enter() {
    occupied = true;
  }

  /// Ends a call: what was written inside it goes out.
  void leave() {
    sendGathered();
    occupied = false;
  }

  /// Lets a link gather what it writes until the call of its agent ends, so that a window of
  /// requests, or the answers to one, take one system call. One link at a time does.
  ///
  /// @return false outside of such a call: then the link sends at once
  boolean gathers(NettyStreamLink link) {
    if (gathering != null && !gathering.equals(link)) {
      sendGathered();
    }
    gathering = occupied ? link : null;
    return occupied;
  }

  private void sendGathered() {
    NettyStreamLink link = gathering;
    if (link != null) {
      gathering = null;
      link.sendGathered();
    }
  }

  void report(Agent agent, Throwable failure) {
    onFailure.accept(agent, failure);
  }

  void ended(EventLoopAgent run) {
    running.remove(run);
  }

  /// What every channel of this loop reads into.
  ByteBuf readBuffer() {
    return readBuffer;
  }

  /// An empty buffer to send from, which releases it: always the same one, unless it is too small
  /// or still in use, as when a peer has not taken what was sent from it before.
  ByteBuf sendBuffer(int length, ByteBufAllocator otherwise) {
    return length <= BUFFER_BYTES && sendBuffer.refCnt() == 1
        ? sendBuffer.clear().retain()
        : otherwise.directBuffer(length);
  }

  /// Frees the buffers, once the loop has ended.
  void release() {
    readBuffer.release();
    sendBuffer.release();
  }

  /// Stops all agents and takes no more.
  ///
  /// @return those that have not stopped yet, a live view
  Set<EventLoopAgent> stopAll() {
    closed = true;
    running.forEach(EventLoopAgent::stop);
    return running;
  }
}
