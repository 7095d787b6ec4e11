package io.plantbus.protocols.modbus;

import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/// Bytes for tests, written as the specification prints them.
public final class Wire {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private Wire() {}

  /// Bytes from hexadecimal pairs with single spaces between them.
  public static byte[] hex(String pairs) {
    return HEX.parseHex(pairs);
  }

  /// The same the other way round.
  public static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  /// An RTU frame: unit id and protocol data unit with their checksum.
  public static byte[] rtu(String unitAndPdu) {
    byte[] body = hex(unitAndPdu);
    byte[] frame = Arrays.copyOf(body, body.length + Crc16.BYTES);
    Crc16.append(frame, 0, body.length);
    return frame;
  }

  /// A TCP application data unit.
  public static byte[] tcp(int transactionId, int unit, String pdu) {
    byte[] body = hex(pdu);
    byte[] adu = new byte[MbapHeader.BYTES + body.length];
    System.arraycopy(body, 0, adu, MbapHeader.BYTES, body.length);
    MbapHeader.write(adu, 0, transactionId, unit, body.length);
    return adu;
  }

  /// The protocol data unit of a request.
  public static byte[] pdu(Request request) {
    byte[] bytes = new byte[RequestEncoder.MAX_PDU_BYTES];
    return Arrays.copyOf(bytes, RequestEncoder.encode(request, bytes, 0));
  }

  /// One after the other.
  public static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /// Any valid request.
  public static Request anyRequest(SplittableRandom random) {
    return switch (random.nextInt(7)) {
      case 0 -> {
        DataTable table = List.of(DataTable.values()).get(random.nextInt(4));
        yield new Request.Read(table, anyRange(random, table.maxReadCount()));
      }
      case 1 -> new Request.WriteSingleCoil(random.nextInt(65_536), random.nextBoolean());
      case 2 -> new Request.WriteSingleRegister(random.nextInt(65_536), random.nextInt(65_536));
      case 3 -> {
        AddressRange range = anyRange(random, 1968);
        yield new Request.WriteMultipleCoils(range.start(), anyBits(random, range.count()));
      }
      case 4 -> {
        AddressRange range = anyRange(random, 123);
        yield new Request.WriteMultipleRegisters(
            range.start(), anyRegisters(random, range.count()));
      }
      case 5 ->
          new Request.MaskWriteRegister(
              random.nextInt(65_536), random.nextInt(65_536), random.nextInt(65_536));
      default -> {
        AddressRange written = anyRange(random, 121);
        yield new Request.ReadWriteMultipleRegisters(
            anyRange(random, 125), written.start(), anyRegisters(random, written.count()));
      }
    };
  }

  /// Any response that fits a request, refusals now and then.
  public static Response anyResponse(SplittableRandom random, Request request) {
    if (random.nextInt(8) == 0) {
      return new Response.Refusal(random.nextInt(1, 256));
    }
    return switch (request) {
      case Request.Read(DataTable table, AddressRange range) ->
          table.isBits()
              ? new Response.Bits(anyBits(random, range.count()))
              : new Response.Registers(anyRegisters(random, range.count()));
      case Request.ReadWriteMultipleRegisters both ->
          new Response.Registers(anyRegisters(random, both.read().count()));
      case Request.WriteSingleCoil _,
          Request.WriteSingleRegister _,
          Request.WriteMultipleCoils _,
          Request.WriteMultipleRegisters _,
          Request.MaskWriteRegister _ ->
          Response.Written.INSTANCE;
    };
  }

  private static AddressRange anyRange(SplittableRandom random, int most) {
    int count = random.nextInt(1, most + 1);
    return new AddressRange(random.nextInt(AddressRange.ADDRESS_SPACE - count + 1), count);
  }

  private static BitBlock anyBits(SplittableRandom random, int count) {
    boolean[] bits = new boolean[count];
    for (int i = 0; i < count; i++) {
      bits[i] = random.nextBoolean();
    }
    return BitBlock.of(bits);
  }

  private static RegisterBlock anyRegisters(SplittableRandom random, int count) {
    return RegisterBlock.of(random.ints(count, 0, 65_536).toArray());
  }
}
