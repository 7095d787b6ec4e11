package io.plantbus.protocols.property;

import com.digitalpetri.modbus.ModbusPduSerializer;
import com.digitalpetri.modbus.ModbusPduSerializer.DefaultRequestSerializer;
import com.digitalpetri.modbus.ModbusPduSerializer.DefaultResponseSerializer;
import com.ghgande.j2mod.modbus.msg.ModbusMessageImpl;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Another implementation's codec: it reads a protocol data unit and writes what it has read.
enum Peer {
  /// j2mod 3.3.0.
  J2MOD {
    @Override
    byte[] request(byte[] pdu) throws Exception {
      return rewrite(ModbusRequest.createModbusRequest(pdu[0]), pdu);
    }

    @Override
    byte[] response(byte[] pdu) throws Exception {
      return rewrite(ModbusResponse.createModbusResponse(pdu[0]), pdu);
    }

    private byte[] rewrite(ModbusMessageImpl message, byte[] pdu) throws Exception {
      message.readData(new DataInputStream(new ByteArrayInputStream(pdu, 1, pdu.length - 1)));
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      written.write(message.getFunctionCode());
      message.writeData(new DataOutputStream(written));
      return written.toByteArray();
    }
  },

  /// digitalpetri/modbus 2.1.4.
  DIGITALPETRI {
    @Override
    byte[] request(byte[] pdu) throws Exception {
      return rewrite(DefaultRequestSerializer.INSTANCE, pdu);
    }

    @Override
    byte[] response(byte[] pdu) throws Exception {
      return rewrite(DefaultResponseSerializer.INSTANCE, pdu);
    }

    private byte[] rewrite(ModbusPduSerializer serializer, byte[] pdu) throws Exception {
      ByteBuffer written = ByteBuffer.allocate(600);
      serializer.encode(serializer.decode(pdu[0], ByteBuffer.wrap(pdu)), written);
      return Arrays.copyOf(written.array(), written.position());
    }
  };

  /// A request read and written again.
  abstract byte[] request(byte[] pdu) throws Exception;

  /// A response read and written again.
  abstract byte[] response(byte[] pdu) throws Exception;
}
