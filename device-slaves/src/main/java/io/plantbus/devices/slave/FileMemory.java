package io.plantbus.devices.slave;

import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.FileRecord;
import io.plantbus.protocols.modbus.FileSpan;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of a slave (AP 6.14, 6.15): only those exist that were made, with as many records of
/// 16 bits as they were made with. Guarded by the slave that it belongs to.
public final class FileMemory {
  private static final Response ABSENT = Response.Refusal.of(ExceptionCode.ILLEGAL_DATA_ADDRESS);

  private final Map<Integer, byte[]> files = new HashMap<>();

  /// No files yet.
  public FileMemory() {}

  /// Makes a file of zeros, in the place of one of the same number.
  ///
  /// @param file 1..65535
  /// @param records 1..10000
  /// @return this
  public FileMemory with(int file, int records) {
    files.put(file, new byte[2 * new FileSpan(file, 0, records).count()]);
    return this;
  }

  private @Nullable RegisterBlock view(FileSpan span) {
    byte[] cells = files.get(span.file());
    return cells == null || 2 * (span.last() + 1) > cells.length
        ? null
        : RegisterBlock.view(cells, 2 * span.record(), span.count());
  }

  /// Some records as they stand, or null if they do not exist.
  public @Nullable RegisterBlock get(FileSpan span) {
    RegisterBlock view = view(span);
    return view == null ? null : view.copy();
  }

  /// Writes records.
  ///
  /// @return whether they exist; nothing is written if not
  public boolean set(FileRecord written) {
    byte[] cells = view(written.span()) == null ? null : files.get(written.file());
    if (cells != null) {
      written.registers().copyTo(cells, 2 * written.record());
    }
    return cells != null;
  }

  Response read(Request.ReadFileRecord request) {
    List<RegisterBlock> records = new ArrayList<>();
    for (FileSpan span : request.spans()) {
      RegisterBlock found = get(span);
      if (found == null) {
        return ABSENT;
      }
      records.add(found);
    }
    return new Response.FileRecords(records);
  }

  Response write(Request.WriteFileRecord request) {
    for (FileRecord one : request.records()) {
      if (view(one.span()) == null) {
        return ABSENT;
      }
    }
    request.records().forEach(this::set);
    return Response.Written.INSTANCE;
  }
}
