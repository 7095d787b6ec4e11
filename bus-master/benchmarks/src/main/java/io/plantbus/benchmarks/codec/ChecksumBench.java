package io.plantbus.benchmarks.codec;

import com.ghgande.j2mod.modbus.util.ModbusUtil;
import io.plantbus.protocols.modbus.framing.Crc16;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The checksum of an RTU frame: ours, a peer's and the known tables.
@State(Scope.Thread)
public class ChecksumBench {
  /// Bytes under the checksum: a request to read, the answer of 125 registers, a long stream.
  @Param({"6", "253", "4096"})
  public int length = 253;

  private byte[] bytes = new byte[0];

  /// For the measuring tool.
  public ChecksumBench() {}

  /// Fills the frame and compares all of them.
  @Setup
  public void fill() {
    bytes = new byte[length];
    new SplittableRandom(1).nextBytes(bytes);
    int expected = byByteTable();
    if (plantbus() != expected
        || slicingByFour() != expected
        || slicingByEight() != expected
        || slicingBySixteen() != expected) {
      throw new IllegalStateException("the checksums differ");
    }
  }

  /// Two shifts per word, without a table.
  @Benchmark
  public int plantbus() {
    return Crc16.of(bytes, 0, length);
  }

  /// The peer's.
  @Benchmark
  public int[] j2mod() {
    return ModbusUtil.calculateCRC(bytes, 0, length);
  }

  /// One lookup per byte.
  @Benchmark
  public int byByteTable() {
    return TableCrc.byBytes(bytes, length);
  }

  /// Four tables.
  @Benchmark
  public int slicingByFour() {
    return TableCrc.byFour(bytes, length);
  }

  /// Eight tables.
  @Benchmark
  public int slicingByEight() {
    return TableCrc.byEight(bytes, length);
  }

  /// Sixteen tables.
  @Benchmark
  public int slicingBySixteen() {
    return TableCrc.bySixteen(bytes, length);
  }
}
