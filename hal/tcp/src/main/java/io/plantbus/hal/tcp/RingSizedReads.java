package io.plantbus.hal.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/// Lets a channel read no more than its receive ring has room for, always into the same buffer of
/// its event loop.
///
/// A full ring is left to the handler, which switches reading off. The exception is the end of the
/// stream: on epoll, Netty then reads what the kernel holds in one go, switched off or not, and the
/// ring takes it all.
final class RingSizedReads extends DefaultMaxMessagesRecvByteBufAllocator {
  private final ReceiveRing ring;
  private final ByteBuf scratch;

  /// @param scratch a direct buffer that is read into; every reader of the same event loop may
  ///   share it, since what is read is copied before the next read begins
  RingSizedReads(ReceiveRing ring, ByteBuf scratch) {
    this.ring = ring;
    this.scratch = scratch;
  }

  @Override
  @SuppressWarnings("deprecation")
  public Handle newHandle() {
    return new RingHandle();
  }

  private final class RingHandle extends MaxMessageHandle {
    @Override
    public int guess() {
      int room = ring.room();
      return room == 0 ? scratch.capacity() : Math.min(room, scratch.capacity());
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator alloc) {
      int start = scratch.capacity() - guess();
      return scratch.setIndex(start, start).retain();
    }
  }
}
