package io.plantbus.benchmarks.codec;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.MbapDeframer;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import io.plantbus.protocols.modbus.framing.RtuRequestDeframer;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A stream of requests as a server hears it, cut into chunks of 1..64 bytes anywhere: reads and
/// writes of up to 100 registers in turn, 62 bytes a request on average.
@State(Scope.Thread)
public class StreamBench {
  private static final int FRAMES = 1_000;
  private static final int LONGEST_CHUNK = 64;

  private final byte[] rtu = new byte[FRAMES * MbapHeader.MAX_ADU_BYTES];
  private final byte[] tcp = new byte[FRAMES * MbapHeader.MAX_ADU_BYTES];
  private final int[] chunks = new int[FRAMES * MbapHeader.MAX_ADU_BYTES];
  private final RtuRequestDeframer rtuDeframer = new RtuRequestDeframer();
  private final MbapDeframer tcpDeframer = new MbapDeframer();
  private int rtuLength;
  private int tcpLength;

  /// For the measuring tool.
  public StreamBench() {}

  /// Writes the streams.
  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    for (int frame = 0; frame < FRAMES; frame++) {
      Request request =
          frame % 2 == 0
              ? new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(frame, 10))
              : new Request.WriteMultipleRegisters(
                  frame,
                  RegisterBlock.of(random.ints(1 + random.nextInt(100), 0, 65536).toArray()));
      rtu[rtuLength] = 1;
      int pduLength = RequestEncoder.encode(request, rtu, rtuLength + 1);
      MbapHeader.write(tcp, tcpLength, frame, 1, pduLength);
      System.arraycopy(rtu, rtuLength + 1, tcp, tcpLength + MbapHeader.BYTES, pduLength);
      tcpLength += MbapHeader.BYTES + pduLength;
      rtuLength += Crc16.append(rtu, rtuLength, 1 + pduLength);
    }
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = 1 + random.nextInt(LONGEST_CHUNK);
    }
  }

  /// By length first and checksum next.
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public int deframeRtuInChunks() {
    int found = 0;
    int chunk = 0;
    for (int at = 0; at < rtuLength; ) {
      int length = Math.min(chunks[chunk++], rtuLength - at);
      at += rtuDeframer.store(rtu, at, length);
      while (rtuDeframer.next()) {
        found++;
      }
    }
    return checked(found);
  }

  /// By the length in the header.
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public int deframeTcpInChunks() {
    int found = 0;
    int chunk = 0;
    for (int at = 0; at < tcpLength; ) {
      int end = Math.min(at + chunks[chunk++], tcpLength);
      while (at < end) {
        at += tcpDeframer.take(tcp, at, end - at);
        if (tcpDeframer.isComplete()) {
          tcpDeframer.next();
          found++;
        }
      }
    }
    return checked(found);
  }

  private static int checked(int found) {
    if (found != FRAMES) {
      throw new IllegalStateException("found " + found + " of " + FRAMES + " requests");
    }
    return found;
  }
}
