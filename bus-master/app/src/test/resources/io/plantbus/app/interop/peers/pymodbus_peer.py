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
from pymodbus.register_read_message import ReadWriteMultipleRegistersRequest
from pymodbus.server import async_io
from pymodbus.transaction import ModbusAsciiFramer, ModbusRtuFramer, ModbusSocketFramer

UNIT = 17
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


def model():
    slave = ModbusSlaveContext(
        co=ModbusSequentialDataBlock(0, [i % 3 == 0 for i in range(2000)]),
        di=ModbusSequentialDataBlock(0, [i % 5 == 0 for i in range(2000)]),
        hr=ModbusSequentialDataBlock(0, [i * 257 + 1 for i in range(128)]),
        ir=ModbusSequentialDataBlock(0, [65535 - 3 * i for i in range(128)]),
        zero_mode=True,
    )
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
    first = args[0]
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
    raise ValueError(f"function {function} is not known here")


def reply(client, function, args):
    response, bits = send(client, function, args)
    if inspect.isawaitable(response):
        response = LOOP.run_until_complete(asyncio.wait_for(response, 2))
    if response.isError():
        code = getattr(response, "exception_code", None)
        return f"fault {response}" if code is None else f"exception {code}"
    values = []
    if function in (1, 2):
        values = response.bits[:bits]
    elif function in (3, 4, 23):
        values = response.registers
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
