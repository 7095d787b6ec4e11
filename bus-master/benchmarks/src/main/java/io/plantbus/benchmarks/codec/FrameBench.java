package io.plantbus.benchmarks.codec;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.ExpectedAnswer;
import io.plantbus.protocols.modbus.framing.MbapDeframer;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.ResponseDecoder;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One frame at a time: FC 3, its request encoded, its answer deframed and decoded.
@State(Scope.Thread)
public class FrameBench {
  private static final int UNIT = 1;

  /// Registers read.
  @Param({"10", "125"})
  public int count = 125;

  private final byte[] out = new byte[MbapHeader.MAX_ADU_BYTES];
  private final ExpectedAnswer expected = new ExpectedAnswer();
  private final RequestHead head = new RequestHead();
  private final ResponseDecoder decoder = new ResponseDecoder();
  private final MbapDeframer deframer = new MbapDeframer();
  private Request request = read(1);
  private byte[] rtu = new byte[0];
  private byte[] tcp = new byte[0];

  /// For the measuring tool.
  public FrameBench() {}

  private static Request read(int registers) {
    return new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, registers));
  }

  /// Makes the request and its answers.
  @Setup
  public void fill() {
    request = read(count);
    int pduLength = RequestEncoder.encode(request, out, 0);
    expected.expect(UNIT, request, out, 0, pduLength);
    head.set(request, out, 0, pduLength);
    byte[] pdu = new byte[2 + 2 * count];
    new SplittableRandom(1).nextBytes(pdu);
    pdu[0] = 3;
    pdu[1] = (byte) (2 * count);
    rtu = new byte[1 + pdu.length + Crc16.BYTES];
    rtu[0] = UNIT;
    System.arraycopy(pdu, 0, rtu, 1, pdu.length);
    Crc16.append(rtu, 0, 1 + pdu.length);
    tcp = new byte[MbapHeader.BYTES + pdu.length];
    MbapHeader.write(tcp, 0, 1, UNIT, pdu.length);
    System.arraycopy(pdu, 0, tcp, MbapHeader.BYTES, pdu.length);
  }

  /// A request, checksum included.
  @Benchmark
  public int encodeRtu() {
    out[0] = UNIT;
    return Crc16.append(out, 0, 1 + RequestEncoder.encode(request, out, 1));
  }

  /// A request, header included.
  @Benchmark
  public int encodeTcp() {
    int pduLength = RequestEncoder.encode(request, out, MbapHeader.BYTES);
    return MbapHeader.write(out, 0, 7, UNIT, pduLength);
  }

  /// Length, checksum and content of an answer.
  @Benchmark
  public Outcome deframeAndDecodeRtu() {
    int length = expected.frameLength(rtu, 0, rtu.length);
    if (length != rtu.length || !Crc16.isValid(rtu, 0, length)) {
      throw new IllegalStateException("no answer");
    }
    return decoder.decode(expected.request(), rtu, 1, length - 1 - Crc16.BYTES);
  }

  /// Header and content of an answer.
  @Benchmark
  public Outcome deframeAndDecodeTcp() {
    deframer.take(tcp, 0, tcp.length);
    if (!deframer.isComplete()) {
      throw new IllegalStateException("no answer");
    }
    deframer.next();
    return decoder.decode(head, deframer.bytes(), MbapHeader.BYTES, deframer.pduLength());
  }
}
