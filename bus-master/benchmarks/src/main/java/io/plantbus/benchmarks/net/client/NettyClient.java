package io.plantbus.benchmarks.net.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.plantbus.benchmarks.net.Load;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The floor of many requests at a time: one Netty loop that counts bytes and writes a request for
/// each whole answer, nothing encoded, nothing checked.
final class NettyClient implements Client {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  private final List<Connection> connections = new ArrayList<>();
  private CountDownLatch done = new CountDownLatch(0);

  @Override
  public void open(int port, Load load) throws InterruptedException {
    done = new CountDownLatch(load.connections());
    for (int i = 0; i < load.connections(); i++) {
      Connection connection = new Connection(load, done);
      Bootstrap bootstrap =
          new Bootstrap()
              .group(group)
              .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
              .option(ChannelOption.TCP_NODELAY, true)
              .handler(connection);
      connection.channel =
          bootstrap.connect(InetAddress.getLoopbackAddress(), port).sync().channel();
      connections.add(connection);
    }
  }

  @Override
  public void run(Meter meter) throws InterruptedException {
    for (Connection connection : connections) {
      Objects.requireNonNull(connection.channel).eventLoop().execute(() -> connection.start(meter));
    }
    done.await();
  }

  @Override
  public void end() throws InterruptedException {
    for (Connection connection : connections) {
      Objects.requireNonNull(connection.channel).close().sync();
    }
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static final class Connection extends ChannelInboundHandlerAdapter {
    private static final int REQUEST_BYTES = 12;

    private final int answerBytes;
    private final int window;
    private final ByteBuf requests;
    private final SentTimes sent;
    private final CountDownLatch done;
    private @Nullable Channel channel;
    private @Nullable Meter meter;
    private int filled;

    Connection(Load load, CountDownLatch done) {
      this.done = done;
      this.window = load.window();
      this.answerBytes = 9 + 2 * load.registers();
      this.sent = new SentTimes(load.window());
      this.requests = Unpooled.directBuffer(REQUEST_BYTES * window);
      for (int i = 0; i < window; i++) {
        requests.writeBytes(new byte[] {0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, (byte) load.registers()});
      }
    }

    void start(Meter newMeter) {
      meter = newMeter;
      ask(window, System.nanoTime());
    }

    private void ask(int count, long now) {
      for (int i = 0; i < count; i++) {
        sent.add(now);
      }
      Channel to = Objects.requireNonNull(channel);
      var _ = to.writeAndFlush(requests.retainedSlice(0, count * REQUEST_BYTES), to.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      filled += bytes.readableBytes();
      bytes.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      int answers = filled / answerBytes;
      filled %= answerBytes;
      long now = System.nanoTime();
      boolean more = true;
      for (int i = 0; i < answers; i++) {
        more = Objects.requireNonNull(meter).answered(sent.take(), now);
      }
      if (answers > 0 && more) {
        ask(answers, now);
      } else if (answers > 0 && sent.isEmpty()) {
        done.countDown();
      }
    }
  }
}
