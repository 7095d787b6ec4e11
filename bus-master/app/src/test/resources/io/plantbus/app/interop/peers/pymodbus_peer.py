"""A Modbus client or server on pymodbus 3.0.

    pymodbus_peer.py version
    pymodbus_peer.py serve tcp|udp|rtu-over-tcp
    pymodbus_peer.py serve tls             CERTIFICATES
    pymodbus_peer.py serve rtu|ascii       DEVICE BAUD
    pymodbus_peer.py run   tcp|udp|rtu-over-tcp PORT
    pymodbus_peer.py run   tls PORT        CERTIFICATES
    pymodbus_peer.py run   rtu|ascii       DEVICE BAUD

A server prints "ready PORT" (0 on a serial line) and serves until it is killed. A client reads one
operation per line (a function code and its arguments in decimal) and prints one reply each:
"ok VALUES", "exception CODE" or "fault REASON".

CERTIFICATES is a folder with ca.pem, server.pem, server.key, client.pem and client.key.
"""

import asyncio
import inspect
import logging
import ssl
import sys

import pymodbus
from pymodbus.client import (
    AsyncModbusTlsClient,
    ModbusSerialClient,
    ModbusTcpClient,
    ModbusUdpClient,
)
from pymodbus.datastore import (
    ModbusSequentialDataBlock,
    ModbusServerContext,
    ModbusSlaveContext,
)
from pymodbus.device import ModbusControlBlock
from pymodbus.diag_message import (
    ClearCountersRequest,
    DiagnosticStatusSimpleRequest,
    ReturnBusExceptionErrorCountRequest,
    ReturnBusMessageCountRequest,
    ReturnQueryDataRequest,
    ReturnSlaveMessageCountRequest,
)
from pymodbus.file_message import (
    FileRecord,
    ReadFifoQueueRequest,
    ReadFileRecordRequest,
    WriteFileRecordRequest,
)
from pymodbus.mei_message import ReadDeviceInformationRequest
from pymodbus.other_message import (
    GetCommEventCounterRequest,
    ReadExceptionStatusRequest,
    ReportSlaveIdRequest,
)
from pymodbus.pdu import ModbusRequest
from pymodbus.register_read_message import ReadWriteMultipleRegistersRequest
from pymodbus.register_write_message import WriteSingleRegisterRequest
from pymodbus.server import async_io
from pymodbus.transaction import ModbusAsciiFramer, ModbusRtuFramer, ModbusSocketFramer

UNIT = 17
FIRST_REFUSING = 100
REFUSED_VALUE = 0xDEAD
OBJECTS = {0: "Interop", 1: "M1", 2: "1.0", 0x80: "x" * 120, 0x81: "y" * 120}
# pyserial sets a line up twice, and a pseudo terminal takes parity, which it has not, only once.
PARITY = "N"
LOOP = asyncio.new_event_loop()
FRAMERS = {
    "tcp": ModbusSocketFramer,
    "udp": ModbusSocketFramer,
    "tls": ModbusSocketFramer,
    "rtu": ModbusRtuFramer,
    "rtu-over-tcp": ModbusRtuFramer,
    "ascii": ModbusAsciiFramer,
}


def security(purpose, name, folder):
    """Mutual authentication, as Modbus/TCP Security asks for."""
    context = ssl.SSLContext(purpose)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = False
    context.load_cert_chain(f"{folder}/{name}.pem", f"{folder}/{name}.key")
    context.load_verify_locations(f"{folder}/ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


class RefusingWriteRequest(WriteSingleRegisterRequest):
    """Function 6 of a unit that refuses some values."""

    def execute(self, context):
        if self.value == REFUSED_VALUE and self.address > FIRST_REFUSING:
            return self.doException(self.address - FIRST_REFUSING)
        return super().execute(context)


class UnknownSubFunctionRequest(DiagnosticStatusSimpleRequest):
    """Function 8 with a sub-function that does not exist."""

    sub_function_code = 99


class UnknownFunctionRequest(ModbusRequest):
    """A function that nobody has."""

    function_code = 100

    def encode(self):
        return b""


SUB_FUNCTIONS = {
    10: ClearCountersRequest,
    11: ReturnBusMessageCountRequest,
    13: ReturnBusExceptionErrorCountRequest,
    14: ReturnSlaveMessageCountRequest,
    99: UnknownSubFunctionRequest,
}


def model():
    for number, text in OBJECTS.items():
        ModbusControlBlock().Identity[number] = text
    slave = ModbusSlaveContext(
        co=ModbusSequentialDataBlock(0, [i % 3 == 0 for i in range(2000)]),
        di=ModbusSequentialDataBlock(0, [i % 5 == 0 for i in range(2000)]),
        hr=ModbusSequentialDataBlock(0, [i * 257 + 1 for i in range(128)]),
        ir=ModbusSequentialDataBlock(0, [65535 - 3 * i for i in range(128)]),
        zero_mode=True,
    )
    slave.reportSlaveIdData = b"*"
    return ModbusServerContext(slaves={UNIT: slave}, single=False)


async def serve(transport, words):
    framer = FRAMERS[transport]
    address = ("127.0.0.1", 0)
    if transport in ("rtu", "ascii"):
        server = async_io.ModbusSerialServer(
            model(), framer, port=words[0], baudrate=int(words[1]), parity=PARITY
        )
        await server.start()
        if server.transport is None:
            sys.exit(f"cannot open {words[0]}")
    elif transport == "udp":
        server = async_io.ModbusUdpServer(model(), framer, address=address)
    elif transport == "tls":
        context = security(ssl.PROTOCOL_TLS_SERVER, "server", words[0])
        server = async_io.ModbusTlsServer(model(), framer, address=address, sslctx=context)
    else:
        server = async_io.ModbusTcpServer(model(), framer, address=address)
    server.decoder.register(RefusingWriteRequest)
    serving = asyncio.ensure_future(server.serve_forever())
    port = 0
    if transport not in ("rtu", "ascii"):
        await server.serving
        socket = server.protocol if transport == "udp" else server.server.sockets[0]
        name = socket.get_extra_info("sockname") if transport == "udp" else socket.getsockname()
        port = name[1]
    print("ready", port, flush=True)
    await serving


def connect(transport, words):
    framer = FRAMERS[transport]
    bounds = {"timeout": 2, "retries": 1}
    if transport in ("rtu", "ascii"):
        client = ModbusSerialClient(
            words[0], framer=framer, baudrate=int(words[1]), parity=PARITY, **bounds
        )
    elif transport == "udp":
        client = ModbusUdpClient("127.0.0.1", int(words[0]), framer=framer, **bounds)
    elif transport == "tls":
        context = security(ssl.PROTOCOL_TLS_CLIENT, "client", words[1])
        # The blocking client waits for bytes that its TLS library has already taken.
        client = AsyncModbusTlsClient(
            "127.0.0.1", int(words[0]), framer=framer, sslctx=context, **bounds
        )
        LOOP.run_until_complete(client.connect())
        return client
    else:
        client = ModbusTcpClient("127.0.0.1", int(words[0]), framer=framer, **bounds)
    if not client.connect():
        sys.exit("cannot connect")
    return client


def send(client, function, args):
    first = args[0] if args else None
    if function == 1:
        return client.read_coils(first, args[1], UNIT), args[1]
    if function == 2:
        return client.read_discrete_inputs(first, args[1], UNIT), args[1]
    if function == 3:
        return client.read_holding_registers(first, args[1], UNIT), None
    if function == 4:
        return client.read_input_registers(first, args[1], UNIT), None
    if function == 5:
        return client.write_coil(first, bool(args[1]), UNIT), None
    if function == 6:
        return client.write_register(first, args[1], UNIT), None
    if function == 15:
        return client.write_coils(first, [bool(bit) for bit in args[1:]], UNIT), None
    if function == 16:
        return client.write_registers(first, args[1:], UNIT), None
    if function == 22:
        return client.mask_write_register(first, args[1], args[2], unit=UNIT), None
    if function == 23:
        request = ReadWriteMultipleRegistersRequest(
            read_address=first,
            read_count=args[1],
            write_address=args[2],
            write_registers=args[3:],
            unit=UNIT,
        )
        return client.execute(request), None
    return client.execute(service(function, args)), None


def service(function, args):
    """The request of a function that the client has no method for."""
    if function == 7:
        return ReadExceptionStatusRequest(UNIT)
    if function == 8 and args[0] == 0:
        return ReturnQueryDataRequest(args[1:], UNIT)
    if function == 8:
        return SUB_FUNCTIONS[args[0]](args[1], unit=UNIT)
    if function == 11:
        return GetCommEventCounterRequest(unit=UNIT)
    if function == 17:
        return ReportSlaveIdRequest(UNIT)
    if function == 20:
        record = FileRecord(
            file_number=args[0], record_number=args[1], record_length=args[2]
        )
        return ReadFileRecordRequest([record], unit=UNIT)
    if function == 21:
        data = b"".join(value.to_bytes(2, "big") for value in args[2:])
        record = FileRecord(
            file_number=args[0], record_number=args[1], record_data=data
        )
        return WriteFileRecordRequest([record], unit=UNIT)
    if function == 24:
        return ReadFifoQueueRequest(args[0], unit=UNIT)
    if function == 43:
        return ReadDeviceInformationRequest(args[0], args[1], unit=UNIT)
    return UnknownFunctionRequest(UNIT)


def words(data):
    return [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]


def identification(response):
    objects = response.information
    values = [response.conformity, response.more_follows, response.next_object_id]
    values.append(len(objects))
    for number, data in objects.items():
        values += [number, len(data), *data]
    return values


def values_read(function, response, bits):
    if function in (1, 2):
        return response.bits[:bits]
    if function in (3, 4, 23):
        return response.registers
    if function == 7:
        return [response.status]
    if function == 8:
        return list(response.message)
    if function == 11:
        return [0 if response.status else 0xFFFF, response.count]
    if function == 17:
        return list(response.identifier)
    if function == 20:
        return [word for record in response.records for word in words(record.record_data)]
    if function == 24:
        return response.values
    if function == 43:
        return identification(response)
    return []


def reply(client, function, args):
    response, bits = send(client, function, args)
    if inspect.isawaitable(response):
        response = LOOP.run_until_complete(asyncio.wait_for(response, 2))
    if response.isError():
        code = getattr(response, "exception_code", None)
        return f"fault {response}" if code is None else f"exception {code}"
    values = values_read(function, response, bits)
    return " ".join(["ok", *(str(int(value)) for value in values)])


def run(transport, words):
    client = connect(transport, words)
    for line in sys.stdin:
        function, *args = [int(word) for word in line.split()]
        try:
            text = reply(client, function, args)
        except Exception as failure:  # whatever the library throws is its reply
            text = f"fault {failure!r}"
        print(text.replace("\n", " "), flush=True)
    closing = client.close()
    if inspect.isawaitable(closing):
        LOOP.run_until_complete(closing)


def main(mode, *words):
    logging.basicConfig(level=logging.WARNING)
    if mode == "version":
        print(pymodbus.__version__)
    elif mode == "serve":
        asyncio.run(serve(words[0], words[1:]))
    else:
        run(words[0], words[1:])


if __name__ == "__main__":
    main(*sys.argv[1:])
