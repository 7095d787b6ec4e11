package io.plantbus.app.control;

import io.plantbus.app.trace.LineWatcher;
import io.plantbus.master.trace.ChunkKind;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.trace.EavesdropperSettings;
import io.plantbus.protocols.modbus.trace.LineFraming;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Asks a plant that runs in another process of this user, or listens to its lines. Owned by one
/// thread, except for [#close()].
public final class ControlClient implements AutoCloseable {
  private static final int MOST_LINE_BYTES = 4 << 20;
  private static final int MOST_ROWS = 100_000;

  private final SocketChannel channel;
  private final LineInput in;
  private final JsonOutput out;
  private boolean answered;

  /// Who answers.
  ///
  /// @param plant the name of the plant
  /// @param pid the process that runs it
  /// @param lines Modbus lines, those chosen or all
  public record Running(String plant, long pid, List<TappedLine> lines) {}

  private ControlClient(SocketChannel channel) {
    this.channel = channel;
    this.in = new LineInput(Channels.newInputStream(channel), MOST_LINE_BYTES);
    this.out = new JsonOutput(channel);
  }

  /// Finds a running plant.
  ///
  /// @param plant its name, or empty if only one runs
  /// @throws ControlException if none runs, several do, or it does not answer
  public static ControlClient connect(ControlFolder folder, String plant) throws ControlException {
    List<ControlClient> found = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Path socket : folder.sockets()) {
      try {
        ControlClient client =
            new ControlClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        Running running = client.status();
        names.add(running.plant());
        if (plant.isEmpty() || plant.equals(running.plant())) {
          found.add(client);
        } else {
          client.close();
        }
      } catch (IOException _) {
        // Left behind by a process that has gone, or of another user.
      }
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    found.forEach(ControlClient::close);
    throw new ControlException(complaint(plant, names, found.size()));
  }

  private static String complaint(String plant, List<String> names, int fitting) {
    if (names.isEmpty()) {
      return "no plant runs here; start one with 'plantbus run PLANT.yaml', as the same user";
    }
    String list = String.join(", ", names);
    if (fitting == 0) {
      return "no plant '" + plant + "' runs here; running: " + list;
    }
    return plant.isEmpty()
        ? "several plants run here: name one of " + list
        : fitting + " plants named '" + plant + "' run here; stop one of them";
  }

  /// Asks who runs there.
  ///
  /// @throws ControlException if it refuses
  /// @throws IOException if it has gone
  public Running status() throws ControlException, IOException {
    request("status", "", _ -> {});
    return answer();
  }

  /// Begins to listen.
  ///
  /// @param line name of a line; empty for all
  /// @param history whether to begin with what was kept already
  /// @return the lines that are listened to
  /// @throws ControlException if it refuses
  /// @throws IOException if it has gone
  public Running listen(String line, boolean history) throws ControlException, IOException {
    request(
        "listen",
        line,
        json -> {
          if (history) {
            json.writeBooleanField("history", true);
          }
        });
    return answer();
  }

  /// Asks for what was kept already; [#carry] ends after it.
  ///
  /// @param line name of a line; empty for all
  /// @param nanos how far back, positive
  /// @return the lines of which it is told
  /// @throws ControlException if it refuses
  /// @throws IOException if it has gone
  public Running last(String line, long nanos) throws ControlException, IOException {
    request("listen", line, json -> json.writeNumberField("last", nanos));
    return answer();
  }

  /// Asks how the plant is doing.
  ///
  /// @throws ControlException if it refuses
  /// @throws IOException if it has gone
  public Reporter.Report report(ReportForm form) throws ControlException, IOException {
    out.object(
        json -> {
          json.writeNumberField("version", ControlServer.VERSION);
          json.writeStringField("command", "report");
          json.writeStringField("form", form.json() ? "json" : "text");
          json.writeBooleanField("total", form.total());
          json.writeNumberField("width", form.width());
          json.writeBooleanField("colour", form.colour());
          json.writeBooleanField("ascii", form.ascii());
        });
    out.flush();
    JsonLine head = head();
    return new Reporter.Report(head.text("healthy").equals("true"), rows(head));
  }

  /// Asks what applying another plant would do. Nothing is changed.
  ///
  /// @throws ControlException if it refuses
  /// @throws IOException if it has gone
  public Changer.Answer plan(ChangeRequest request) throws ControlException, IOException {
    out.object(
        json -> {
          json.writeNumberField("version", ControlServer.VERSION);
          json.writeStringField("command", "plan");
          request.write(json);
        });
    out.flush();
    return changed();
  }

  /// Has the plan applied that was told before.
  ///
  /// @param digest the plan's
  /// @param json whether the answer is wanted as a JSON object
  /// @throws ControlException if it refuses
  /// @throws IOException if it has gone
  public Changer.Answer apply(String digest, boolean json) throws ControlException, IOException {
    out.object(
        members -> {
          members.writeNumberField("version", ControlServer.VERSION);
          members.writeStringField("command", "apply");
          members.writeStringField("digest", digest);
          members.writeStringField("form", json ? "json" : "text");
        });
    out.flush();
    return changed();
  }

  private Changer.Answer changed() throws ControlException, IOException {
    JsonLine head = head();
    try {
      return new Changer.Answer(
          Changer.Kind.valueOf(head.text("kind")), head.text("digest"), rows(head));
    } catch (IllegalArgumentException wrong) {
      throw new ControlException("the plant's answer makes no sense: " + wrong.getMessage());
    }
  }

  private List<String> rows(JsonLine head) throws ControlException, IOException {
    String count = head.text("rows");
    if (!count.matches("\\d{1,9}") || Integer.parseInt(count) > MOST_ROWS) {
      throw new ControlException("the plant's answer makes no sense: it has '" + count + "' rows");
    }
    List<String> rows = new ArrayList<>();
    for (int i = Integer.parseInt(count); i > 0; i--) {
      String row = in.next();
      if (row == null) {
        throw new ControlException("the plant has stopped");
      }
      rows.add(row);
    }
    return rows;
  }

  private void request(String command, String line, JsonOutput.Members more) throws IOException {
    out.object(
        json -> {
          json.writeNumberField("version", ControlServer.VERSION);
          json.writeStringField("command", command);
          if (!line.isEmpty()) {
            json.writeStringField("line", line);
          }
          more.write(json);
        });
    out.flush();
  }

  private JsonLine head() throws ControlException, IOException {
    String line = in.next();
    if (line == null) {
      throw new ControlException(
          answered
              ? "the plant has stopped"
              : "the plant serves as many listeners as it can; end one of them");
    }
    answered = true;
    JsonLine answer = JsonLine.parse(line);
    if (!answer.text("ok").equals("true")) {
      throw new ControlException(answer.text("error"));
    }
    return answer;
  }

  private Running answer() throws ControlException, IOException {
    JsonLine answer = head();
    try {
      List<TappedLine> lines = new ArrayList<>();
      for (Map<String, String> each : answer.lines()) {
        lines.add(tapped(new JsonLine(each, List.of())));
      }
      return new Running(answer.text("plant"), Long.parseLong(answer.text("pid")), lines);
    } catch (IllegalArgumentException wrong) {
      throw new ControlException("the plant's answer makes no sense: " + wrong.getMessage());
    }
  }

  private static TappedLine tapped(JsonLine line) {
    return new TappedLine(
        line.text("name"),
        line.text("endpoint"),
        new EavesdropperSettings(
            LineFraming.valueOf(line.text("framing")),
            Long.parseLong(line.text("silenceNanos")),
            Long.parseLong(line.text("answerTimeoutNanos"))));
  }

  /// Hands what is heard to watchers, until the plant stops, this is closed, or enough was heard.
  ///
  /// @param watchers by name of the line
  /// @param enough asked several times a second and after each piece
  /// @throws IOException if a watcher cannot write, or the plant sends nonsense
  public void carry(Map<String, ? extends LineWatcher> watchers, BooleanSupplier enough)
      throws IOException {
    for (String line = next(); line != null; line = next()) {
      JsonLine piece = JsonLine.parse(line);
      if (piece.members().containsKey("end")) {
        return;
      }
      try {
        tell(piece, watchers);
      } catch (IllegalArgumentException wrong) {
        throw new IOException("the plant sends nonsense: " + wrong.getMessage(), wrong);
      }
      if (enough.getAsBoolean()) {
        return;
      }
    }
  }

  private @Nullable String next() throws IOException {
    try {
      return in.next();
    } catch (ClosedChannelException _) {
      return null;
    }
  }

  private static void tell(JsonLine piece, Map<String, ? extends LineWatcher> watchers)
      throws IOException {
    long at = Long.parseLong(piece.text("at"));
    if (!piece.members().containsKey("line")) {
      for (LineWatcher each : watchers.values()) {
        each.advance(at);
      }
      return;
    }
    LineWatcher watcher = watchers.get(piece.text("line"));
    if (watcher == null) {
      return;
    }
    if (piece.members().containsKey("missed")) {
      watcher.missed(Long.parseLong(piece.text("missed")), at);
    } else {
      byte[] bytes = HexFormat.of().parseHex(piece.text("hex"));
      watcher.chunk(ChunkKind.valueOf(piece.text("kind")), at, bytes, 0, bytes.length);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // Nothing is left to be done with it.
    }
  }
}
