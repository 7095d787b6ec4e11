package io.plantbus.app.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.StillMaster;
import io.plantbus.app.scada.ScadaReport;
import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.master.account.DeviceUsage;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.master.line.LineReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainViewTest {
  private static final long MS = 1_000_000;

  private final StillMaster master = new StillMaster();
  private final StringWriter text = new StringWriter();
  private final PlainView view = new PlainView(new PrintWriter(text));

  private List<String> linesAt(long millis) {
    text.getBuffer().setLength(0);
    view.refresh(master, millis * MS);
    return text.toString().lines().toList();
  }

  private void line(boolean connected, String trouble) {
    master.lines.clear();
    master.lines.add(
        new LineReport(
            "rs485", connected ? "tty, 8E1" : "", connected, trouble, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  private void device(Health health) {
    master.devices.clear();
    master.devices.add(
        new DeviceReport("tank", "rs485", health, "silent", 0, 0, 0, DeviceUsage.NONE));
  }

  @Test
  void whomTheScadaEndpointRefusesIsALinePerChangeAndNoMoreThanOneInTenSeconds() {
    String at = "tls://127.0.0.1:802";
    view.scada(new ScadaReport(at, 0, 0, 0));
    assertEquals(List.of(), linesAt(0));
    view.scada(new ScadaReport(at, 1, 2, 1));
    assertEquals(
        List.of(
            "    0.25s  ! SCADA endpoint: 2 requests that the client's role is not allowed; 2 in"
                + " all",
            "    0.25s  ! SCADA endpoint: 1 connection turned away; 1 in all"),
        linesAt(250));
    view.scada(new ScadaReport(at, 1, 3, 1));
    assertEquals(List.of(), linesAt(500));
    view.scada(new ScadaReport(at, 1, 5, 1));
    List<String> later = linesAt(10_250);
    assertTrue(later.getFirst().contains("! SCADA endpoint: 3 requests that"), later.toString());
    assertEquals(
        "   10.25s  = SCADA endpoint tls://127.0.0.1:802, 1 client, 5 requests not allowed,"
            + " 1 connection turned away",
        later.getLast());
  }

  @Test
  void aTagThatWaitsForItsFirstValueIsWorthALineOnlyAfterAWhile() {
    assertEquals(List.of(), linesAt(0));
    assertEquals(3, linesAt(2000).size());
    assertEquals(List.of(), linesAt(2250));
  }

  @Test
  void aChangedValueIsTold() {
    master.good("tank.level", TagValue.of(1.0));
    assertTrue(
        linesAt(0).getFirst().matches(" +0\\.00s +tank\\.level +1\\.000 m +Good +age 0\\.0 s"));
    master.good("tank.level", TagValue.of(1.5));
    assertEquals(List.of(), linesAt(250), "at most once a second");
    assertEquals(1, linesAt(1000).size());
    assertEquals(List.of(), linesAt(2000).stream().filter(line -> line.contains("level")).toList());
  }

  @Test
  void aChangedQualityIsToldAtOnceWithItsReason() {
    master.good("tank.level", TagValue.of(1.0));
    linesAt(0);
    master.samples.put(
        "tank.level",
        new TagSample(TagValue.of(1.0), Quality.BAD_NO_COMMUNICATION, 0, 0, "no answer"));
    String line = linesAt(250).getFirst();
    assertTrue(line.contains("Bad_NoCommunication") && line.endsWith("(no answer)"), line);
  }

  @Test
  void aLineThatNeverOpenedIsNotCalledLost() {
    line(false, "");
    assertEquals(List.of(), linesAt(0));
    line(false, "no such port");
    assertEquals(List.of("    0.25s  ! line rs485 is not open: no such port"), linesAt(250));
    assertEquals(List.of(), linesAt(500));
    line(true, "");
    assertEquals(List.of("    0.75s  ! line rs485 is connected: tty, 8E1"), linesAt(750));
    line(false, "unplugged");
    assertEquals(List.of("    1.00s  ! line rs485 is lost: unplugged"), linesAt(1000));
  }

  @Test
  void aDeviceThatGoesAndComesBackIsToldOnceEach() {
    device(Health.UP);
    assertEquals(List.of(), linesAt(0));
    device(Health.SUSPECT);
    assertEquals(List.of(), linesAt(250));
    device(Health.DOWN);
    assertEquals(List.of("    0.50s  ! tank is down: silent"), linesAt(500));
    assertEquals(List.of(), linesAt(750));
    device(Health.UP);
    assertEquals(List.of("    1.00s  ! tank answers again"), linesAt(1000));
  }
}
