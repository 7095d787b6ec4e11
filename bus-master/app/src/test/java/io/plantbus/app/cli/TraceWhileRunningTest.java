package io.plantbus.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.control.ControlFolder;
import io.plantbus.protocols.capture.CaptureBlock;
import io.plantbus.protocols.capture.PcapngReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plant on a TCP port and a pseudo terminal, watched through its control socket while it runs.
class TraceWhileRunningTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void keepTheSocketsApart() {
    System.setProperty(ControlFolder.PROPERTY, folder.resolve("control").toString());
  }

  @AfterEach
  void useTheFolderOfTheUserAgain() {
    System.clearProperty(ControlFolder.PROPERTY);
  }

  private Path socket() {
    return folder.resolve("control").resolve("watched.sock");
  }

  private String plant(SlaveOnLoopback slave) throws IOException {
    Path file = folder.resolve("plant.yaml");
    Files.writeString(
        file,
        """
        plant: watched
        lines:
          rs485: {rtu: %s, timeout: 300ms}
          net: {tcp: "%s", timeout: 300ms}
        devices:
          serial: {line: rs485, unit: 17, poll: 50ms, tags: {a: "holding:100"}}
          stream: {line: net, unit: 17, poll: 50ms, tags: {b: "holding:104"}}
        """
            .formatted(slave.rtu().replaceFirst("rtu:", ""), slave.tcp().substring(6)));
    return file.toString();
  }

  private CompletableFuture<CommandLineRun> start(String plant, String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "run";
    arguments[1] = plant;
    System.arraycopy(options, 0, arguments, 2, options.length);
    CompletableFuture<CommandLineRun> run =
        CompletableFuture.supplyAsync(
            () -> CommandLineRun.of(arguments),
            task -> Thread.ofPlatform().daemon(true).start(task));
    for (int i = 0; i < 400 && !isServed() && !run.isDone(); i++) {
      LockSupport.parkNanos(25_000_000);
    }
    return run;
  }

  private boolean isServed() {
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void levelsAreSwitchedAndLinesCapturedWhileThePlantRuns() throws Exception {
    Path file = folder.resolve("all.pcapng");
    Path last = folder.resolve("last.pcapng");
    try (SlaveOnLoopback slave = new SlaveOnLoopback()) {
      CompletableFuture<CommandLineRun> run = start(plant(slave), "--for", "5s");

      CommandLineRun application = CommandLineRun.of("trace", "--for", "700ms");
      CommandLineRun bytes =
          CommandLineRun.of(
              "trace", "watched", "--line", "net", "--level", "byte", "--for", "300ms");
      CommandLineRun nobody =
          CommandLineRun.of("trace", "--unit", "99", "--level", "frame", "--for", "300ms");
      CommandLineRun captured =
          CommandLineRun.of("capture", "--out", file.toString(), "--for", "500ms", "--history");
      CommandLineRun before =
          CommandLineRun.of("capture", "-o", last.toString(), "--last", "5m", "--line", "rs485");
      CommandLineRun both =
          CommandLineRun.of("capture", "-o", last.toString(), "--last", "5m", "--for", "1s");
      CommandLineRun unknown = CommandLineRun.of("trace", "--line", "rs458");
      CommandLineRun other = CommandLineRun.of("trace", "other");

      assertEquals(0, application.code(), application.err());
      String serial =
          "(?s).*rs485   #\\d+ +unit 17   read holding 100 x 1 +-> +[0-9.]+ ms  41ac\n.*";
      assertTrue(application.out().matches(serial), application.out());
      assertTrue(application.out().contains("net     #"), application.out());
      assertTrue(bytes.out().contains(" net >   12 bytes "), bytes.out() + bytes.err());
      assertFalse(bytes.out().contains("rs485"), bytes.out());
      assertEquals("", nobody.out());
      assertEquals(0, captured.code(), captured.err());
      assertTrue(captured.err().contains(" packets"), captured.err());
      assertEquals(0, before.code(), before.err());
      assertEquals(ExitCode.USAGE.code(), both.code());
      assertEquals(ExitCode.PORT.code(), unknown.code());
      assertTrue(unknown.err().contains("there are: rs485, net"), unknown.err());
      assertTrue(other.err().contains("no plant 'other' runs here; running: watched"), other.err());
      assertEquals(0, run.get(20, TimeUnit.SECONDS).code());
    }
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(packets(file) > 10);
    assertTrue(packets(last) > 10);
    assertFalse(Files.exists(socket()), "the socket is left behind");
  }

  private static int packets(Path file) throws IOException {
    int packets = 0;
    try (InputStream in = Files.newInputStream(file)) {
      PcapngReader reader = new PcapngReader(in);
      CaptureBlock block = reader.next();
      for (; !(block instanceof CaptureBlock.End); block = reader.next()) {
        assertFalse(block instanceof CaptureBlock.Broken, block.toString());
        packets += block instanceof CaptureBlock.Packet ? 1 : 0;
      }
    }
    return packets;
  }

  @Test
  void aPlantIsTracedAndCapturedFromItsStart() throws Exception {
    Path file = folder.resolve("start.pcapng");
    try (SlaveOnLoopback slave = new SlaveOnLoopback()) {
      CommandLineRun run =
          CommandLineRun.of(
              "run",
              plant(slave),
              "--for",
              "1s",
              "--trace",
              "frame:net/17",
              "--capture",
              file.toString());

      assertEquals(0, run.code(), run.err());
      assertTrue(run.err().contains("net   = opened"), run.err());
      assertTrue(run.err().contains("fc 03  read holding 104 x 1"), run.err());
      assertFalse(run.err().contains("rs485"), run.err());
      assertTrue(packets(file) > 4);
    }
  }

  @Test
  void aTraceOfALineThatThereIsNotIsRefusedBeforeAnythingRuns() throws Exception {
    try (SlaveOnLoopback slave = new SlaveOnLoopback()) {
      CommandLineRun run = CommandLineRun.of("run", plant(slave), "--trace", "frame:rs458");

      assertEquals(ExitCode.USAGE.code(), run.code());
      assertTrue(run.err().contains("did you mean 'rs485'?"), run.err());
    }
  }

  @Test
  void aRequestThatMakesNoSenseIsRefusedInWordsAndTheNextIsAnswered() throws Exception {
    try (SlaveOnLoopback slave = new SlaveOnLoopback()) {
      CompletableFuture<CommandLineRun> run = start(plant(slave), "--for", "2s");

      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())));
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(socket().getParent())));
      assertTrue(ask("{\"version\":1,\"command\":\"stop\"}").contains("unknown command 'stop'"));
      assertTrue(ask("{\"version\":2,\"command\":\"status\"}").contains("speaks version 1"));
      assertTrue(ask("[1]").contains("this is no request"));
      assertTrue(ask("{\"a\":{\"b\":[]}}").contains("this is no request"));
      assertEquals("null", ask("x".repeat(10_000)));
      assertTrue(ask("{\"version\":1,\"command\":\"status\"}").contains("\"plant\":\"watched\""));
      assertEquals(0, run.get(20, TimeUnit.SECONDS).code());
    }
  }

  private String ask(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      OutputStream out = Channels.newOutputStream(channel);
      out.write((request + "\n").getBytes(StandardCharsets.UTF_8));
      try {
        return String.valueOf(
            new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))
                .readLine());
      } catch (IOException _) {
        return "null";
      }
    }
  }

  @Test
  void aSocketThatNobodyServesIsReplaced() throws Exception {
    Files.createDirectory(
        folder.resolve("control"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(UnixDomainSocketAddress.of(socket()));
    dead.close();
    CommandLineRun nobody = CommandLineRun.of("trace");
    assertEquals(ExitCode.PORT.code(), nobody.code());
    assertTrue(nobody.err().contains("no plant runs here; start one with"), nobody.err());

    try (SlaveOnLoopback slave = new SlaveOnLoopback()) {
      CompletableFuture<CommandLineRun> run = start(plant(slave), "--for", "2s");
      CommandLineRun trace = CommandLineRun.of("trace", "--for", "500ms", "--history");

      assertEquals(0, trace.code(), trace.err());
      assertTrue(trace.out().contains("read holding"), trace.out());
      run.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void aFolderThatOthersMayEnterIsNotUsedAndThePlantRunsAllTheSame() throws Exception {
    Files.createDirectory(folder.resolve("control"));
    Files.setPosixFilePermissions(
        folder.resolve("control"), PosixFilePermissions.fromString("rwxrwxrwx"));
    try (SlaveOnLoopback slave = new SlaveOnLoopback()) {
      CommandLineRun run = CommandLineRun.of("run", plant(slave), "--for", "300ms");

      assertEquals(0, run.code());
      assertTrue(run.out().contains("can be entered by others"), run.out());
    }
  }

  @Test
  void aSingleReadPrintsItsFramesBesideItsResult() throws Exception {
    try (SlaveOnLoopback slave = new SlaveOnLoopback()) {
      CommandLineRun read =
          CommandLineRun.of("read", slave.rtu(), "--unit", "17", "holding:104", "--trace", "frame");

      assertEquals(0, read.code(), read.err());
      assertTrue(
          read.err().contains("> #1      unit 17   fc 03  read holding 104 x 1"), read.err());
      assertTrue(read.err().contains("11 | 03 02 00 07 | "), read.err());
      assertFalse(read.out().contains("fc 03"), read.out());
    }
  }
}
