package io.plantbus.protocols.modbus;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import java.util.ArrayList;
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

  /// Any valid request that a server session hands to its executor.
  public static Request anyRequest(SplittableRandom random) {
    return switch (random.nextInt(9)) {
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
      case 6, 7 -> anyService(random);
      default -> {
        AddressRange written = anyRange(random, 121);
        yield new Request.ReadWriteMultipleRegisters(
            anyRange(random, 125), written.start(), anyRegisters(random, written.count()));
      }
    };
  }

  private static Request anyService(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> new Request.ReadExceptionStatus();
      case 1 -> new Request.ReportServerId();
      case 2 -> new Request.ReadFifoQueue(random.nextInt(65_536));
      case 3 -> {
        List<FileSpan> spans = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
          int count = random.nextInt(1, 24);
          spans.add(new FileSpan(random.nextInt(1, 65_536), random.nextInt(10_001 - count), count));
        }
        yield new Request.ReadFileRecord(spans);
      }
      case 4 -> {
        List<FileRecord> records = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
          int count = random.nextInt(1, 21);
          records.add(
              new FileRecord(
                  random.nextInt(1, 65_536),
                  random.nextInt(10_001 - count),
                  anyRegisters(random, count)));
        }
        yield new Request.WriteFileRecord(records);
      }
      default -> new Request.ReadDeviceIdentification(random.nextInt(1, 5), random.nextInt(256));
    };
  }

  /// Any valid request that a server session answers by itself.
  public static Request anyDiagnosis(SplittableRandom random) {
    SubFunction[] all = SubFunction.values();
    return switch (random.nextInt(4)) {
      case 0 -> new Request.GetCommEventCounter();
      case 1 -> new Request.GetCommEventLog();
      case 2 ->
          new Request.Diagnostics(
              SubFunction.RETURN_QUERY_DATA, anyBytes(random, random.nextInt(251)));
      default -> new Request.Diagnostics(all[random.nextInt(1, all.length)]);
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
          Request.MaskWriteRegister _,
          Request.WriteFileRecord _ ->
          Response.Written.INSTANCE;
      case Request.ReadExceptionStatus _ -> new Response.ExceptionStatus(random.nextInt(256));
      case Request.Diagnostics(SubFunction subFunction, ByteBlock data) ->
          subFunction.returnsWord()
              ? Response.Diagnostics.ofWord(subFunction, random.nextInt(65_536))
              : new Response.Diagnostics(subFunction, data);
      case Request.GetCommEventCounter _ ->
          new Response.CommEventCounter(random.nextBoolean(), random.nextInt(65_536));
      case Request.GetCommEventLog _ ->
          new Response.CommEventLog(
              random.nextBoolean(),
              random.nextInt(65_536),
              random.nextInt(65_536),
              anyBytes(random, random.nextInt(65)));
      case Request.ReportServerId _ ->
          new Response.ServerId(anyBytes(random, random.nextInt(1, 252)));
      case Request.ReadFileRecord(List<FileSpan> spans) ->
          new Response.FileRecords(
              spans.stream().map(span -> anyRegisters(random, span.count())).toList());
      case Request.ReadFifoQueue _ ->
          new Response.FifoQueue(anyRegisters(random, random.nextInt(32)));
      case Request.ReadDeviceIdentification(int code, int objectId) ->
          anyIdentification(random, code, objectId);
      case Request.UserDefined _, Request.Raw _ ->
          new Response.UserDefined(anyBytes(random, random.nextInt(253)));
    };
  }

  private static Response anyIdentification(SplittableRandom random, int code, int objectId) {
    boolean individual = code == Request.ReadDeviceIdentification.INDIVIDUAL;
    List<DeviceObject> objects = new ArrayList<>();
    for (int i = individual ? 1 : random.nextInt(5); i > 0; i--) {
      objects.add(
          new DeviceObject(
              individual ? objectId : random.nextInt(256), anyBytes(random, random.nextInt(58))));
    }
    boolean more = !individual && random.nextBoolean();
    return new Response.DeviceIdentification(
        code, 0x80 | random.nextInt(1, 4), more, more ? random.nextInt(256) : 0, objects);
  }

  private static ByteBlock anyBytes(SplittableRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return ByteBlock.copyOf(bytes, 0, count);
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
