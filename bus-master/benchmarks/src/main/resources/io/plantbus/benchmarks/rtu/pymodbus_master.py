"""pymodbus as a master: DEVICE COUNT MILLIS BAUD. Prints how often it asked and the seconds that took."""
import sys
import time

from pymodbus.client import ModbusSerialClient

device, count, seconds, baud = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]) / 1e3, int(sys.argv[4])
client = ModbusSerialClient(port=device, baudrate=baud, bytesize=8, parity="N", stopbits=2, timeout=1)
if not client.connect():
    sys.exit(1)
begin = time.monotonic()
done = 0
while time.monotonic() - begin < seconds:
    if client.read_holding_registers(0, count, slave=1).isError():
        sys.exit(1)
    done += 1
print(done, time.monotonic() - begin)
