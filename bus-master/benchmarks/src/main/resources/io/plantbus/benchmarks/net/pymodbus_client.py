"""pymodbus as a client: the commands of load.c, over its asyncio client."""
import asyncio
import sys
import time

from pymodbus.client import AsyncModbusTcpClient


async def worker(client, registers, end, times):
    before = time.monotonic_ns()
    while before < end:
        answer = await client.read_holding_registers(0, registers, slave=1)
        if answer.isError():
            raise SystemExit(str(answer))
        after = time.monotonic_ns()
        times.append(after - before)
        before = after


async def run(port, connections, window, registers, millis):
    clients = [AsyncModbusTcpClient("127.0.0.1", port=port) for _ in range(connections)]
    for client in clients:
        await client.connect()
    times = []
    start, busy = time.monotonic_ns(), time.process_time_ns()
    end = start + millis * 1_000_000
    await asyncio.gather(
        *(worker(client, registers, end, times) for client in clients for _ in range(window))
    )
    nanos, used = time.monotonic_ns() - start, time.process_time_ns() - busy
    for client in clients:
        await client.close()
    times.sort()
    at = [times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.99, 0.999)]
    print("done", len(times), nanos, *at, used, -1, 0, 0, 0, flush=True)


for line in sys.stdin:
    asyncio.run(run(*(int(word) for word in line.split()[1:])))
