"""pymodbus as a server, over asyncio."""
import asyncio
import socket

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartAsyncTcpServer

with socket.create_server(("127.0.0.1", 0)) as free:
    port = free.getsockname()[1]


async def main():
    store = ModbusSlaveContext(hr=ModbusSequentialDataBlock(0, [0] * 200))
    serving = asyncio.ensure_future(
        StartAsyncTcpServer(
            context=ModbusServerContext(slaves=store, single=True), address=("127.0.0.1", port)
        )
    )
    await asyncio.sleep(0.2)
    print("listening", port, flush=True)
    await serving


asyncio.run(main())
