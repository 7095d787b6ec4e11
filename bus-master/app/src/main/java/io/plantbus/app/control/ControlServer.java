package io.plantbus.app.control;

import io.plantbus.hal.NanoClock;
import io.plantbus.master.trace.LineTap;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets other processes of the same user ask a running plant, through a socket named like it. A
/// bounded number of them at a time, each on a thread of its own that no line ever waits for.
public final class ControlServer implements AutoCloseable {
  /// The version of what is spoken over the socket.
  public static final int VERSION = 1;

  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
  private static final int MOST_CLIENTS = 8;

  private final Path socket;
  private final ServerSocketChannel listening;
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
  private final String plant;
  private final Supplier<List<LineTap>> taps;
  private final NanoClock clock;
  private final Reporter reporter;
  private final Changer changer;

  private ControlServer(
      Path socket,
      ServerSocketChannel listening,
      String plant,
      Supplier<List<LineTap>> taps,
      NanoClock clock,
      Reporter reporter,
      Changer changer) {
    this.socket = socket;
    this.listening = listening;
    this.plant = plant;
    this.taps = taps;
    this.clock = clock;
    this.reporter = reporter;
    this.changer = changer;
  }

  /// Begins to listen; a socket that nobody serves any more is replaced.
  ///
  /// @param plant the name of the plant that runs
  /// @param taps gives those of its lines as of now
  /// @param clock of their runners
  /// @param reporter tells how the plant is doing
  /// @param changer applies other plants to it
  /// @throws IOException with a sentence for a person, if there is no place for the socket
  public static ControlServer open(
      ControlFolder folder,
      String plant,
      Supplier<List<LineTap>> taps,
      NanoClock clock,
      Reporter reporter,
      Changer changer)
      throws IOException {
    Path made = folder.make();
    Path socket = made.resolve(ControlFolder.fileName(plant, ""));
    if (isServed(socket)) {
      socket = made.resolve(ControlFolder.fileName(plant, "-" + ProcessHandle.current().pid()));
    }
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      Files.deleteIfExists(socket);
      listening.bind(UnixDomainSocketAddress.of(socket), MOST_CLIENTS);
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException failure) {
      listening.close();
      throw new IOException(socket + ": " + failure.getMessage(), failure);
    }
    ControlServer server =
        new ControlServer(socket, listening, plant, taps, clock, reporter, changer);
    Thread.ofPlatform().name("plantbus-control").daemon(true).start(server::accept);
    return server;
  }

  private static boolean isServed(Path socket) throws IOException {
    if (!Files.exists(socket)) {
      return false;
    }
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return true;
    } catch (ConnectException _) {
      return false;
    }
  }

  /// Where the socket stands.
  public Path socket() {
    return socket;
  }

  private void accept() {
    while (listening.isOpen()) {
      try {
        SocketChannel client = listening.accept();
        if (clients.size() >= MOST_CLIENTS) {
          client.close();
        } else {
          clients.add(client);
          Thread.ofPlatform()
              .name("plantbus-control-client")
              .daemon(true)
              .start(() -> serve(client));
        }
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException failure) {
        LOG.atWarn().addKeyValue("socket", socket).setCause(failure).log("control socket failed");
        return;
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      new ControlConversation(client, plant, taps, clock, reporter, changer).run();
    } catch (IOException _) {
      // The other side has gone, which is how it ends what it asked for.
      return;
    } finally {
      clients.remove(client);
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      Files.deleteIfExists(socket);
      for (SocketChannel client : clients) {
        client.close();
      }
    } catch (IOException failure) {
      LOG.atWarn().addKeyValue("socket", socket).setCause(failure).log("control socket not closed");
    }
  }
}
