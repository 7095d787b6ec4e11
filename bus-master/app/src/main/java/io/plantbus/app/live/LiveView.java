package io.plantbus.app.live;

import io.plantbus.app.scada.ScadaReport;
import io.plantbus.master.BusMaster;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The live table: takes the whole terminal while it runs, and gives the screen back when closed,
/// with the last events.
public final class LiveView implements PlantView {
  private static final int KEPT_EVENTS = 50;

  /// Something else may have written on the screen: every so many refreshes all rows are sent.
  private static final int WHOLE_EVERY = 20;

  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";

  private final Terminal terminal;
  private final PrintWriter out;
  private final String title;
  private final LiveTable table;
  private final boolean ascii = PlainText.isNeeded(System.out.charset());
  private final HealthEvents health = new HealthEvents();
  private final ScadaEvents scada = new ScadaEvents();
  private final Deque<String> events = new ArrayDeque<>();
  private final List<String> unshown = new ArrayList<>();
  private List<String> shown = List.of();
  private Size size;
  private boolean measurable = true;
  private int paints;
  private int shownWidth;
  private int shownHeight;
  private long startNanos = -1;
  private boolean closed;

  private LiveView(Terminal terminal, String title, PrintWriter out) {
    this.terminal = terminal;
    this.size = terminal.getSize();
    this.out = out;
    this.title = title;
    this.table = new LiveTable(System.getenv("NO_COLOR") == null);
    out.print(ENTER);
    out.flush();
  }

  /// Takes the terminal of this process.
  ///
  /// @param out writes to that terminal
  /// @throws IOException if there is none that can be addressed
  public static LiveView open(String title, PrintWriter out) throws IOException {
    Terminal terminal =
        TerminalBuilder.builder().system(true).dumb(false).jni(false).exec(false).build();
    return new LiveView(terminal, title, out);
  }

  @Override
  public void refresh(BusMaster master, long nowNanos) {
    if (closed) {
      return;
    }
    if (startNanos < 0) {
      startNanos = nowNanos;
    }
    String time = ValueText.clock(nowNanos - startNanos);
    for (String change : health.changes(master)) {
      keep(time + "  " + change);
    }
    for (String change : scada.changes(nowNanos)) {
      keep(time + "  " + change);
    }
    if (measurable) {
      measure();
    }
    int width = size.getColumns() > 20 ? size.getColumns() : 100;
    int height = size.getRows() > 10 ? size.getRows() : 40;
    String heading = "Plantbus · " + title + "   " + time + "   Ctrl-C stops";
    List<String> rows =
        table.render(master, heading, new ArrayList<>(events), nowNanos, width, height);
    paint(ascii ? rows.stream().map(PlainText::of).toList() : rows, width, height);
  }

  /// The library closes its terminal by itself when the process is being stopped; the last size
  /// then stays.
  private void measure() {
    try {
      size = terminal.getSize();
    } catch (IllegalStateException _) {
      measurable = false;
    }
  }

  /// Sends only rows that changed, so that a slow serial console can follow.
  private void paint(List<String> rows, int width, int height) {
    StringBuilder text = new StringBuilder();
    boolean whole = width != shownWidth || height != shownHeight || ++paints % WHOLE_EVERY == 0;
    if (width != shownWidth || height != shownHeight) {
      text.append("\u001b[2J");
    }
    for (int row = 0; row < Math.max(rows.size(), shown.size()); row++) {
      String now = row < rows.size() ? rows.get(row) : "";
      String before = row < shown.size() ? shown.get(row) : "";
      if (whole || !now.equals(before)) {
        text.append("\u001b[").append(row + 1).append(";1H").append(now).append("\u001b[K");
      }
    }
    out.print(text);
    out.flush();
    shown = rows;
    unshown.clear();
    shownWidth = width;
    shownHeight = height;
  }

  @Override
  public void scada(ScadaReport report) {
    scada.take(report);
    table.scada(report);
  }

  @Override
  public void note(String line) {
    keep(line);
    unshown.add(line);
  }

  private void keep(String event) {
    if (events.size() == KEPT_EVENTS) {
      events.removeFirst();
    }
    events.addLast(event);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    StringBuilder text = new StringBuilder(LEAVE);
    for (String row : shown) {
      text.append(row).append('\n');
    }
    for (String note : unshown) {
      text.append(note).append('\n');
    }
    out.print(text);
    out.flush();
    try {
      terminal.close();
    } catch (IOException _) {
      // The screen was given back already; a terminal that is gone needs nothing more.
      shown = List.of();
    }
  }
}
