/* libmodbus as a master: DEVICE COUNT MILLIS BAUD. Prints how often it asked and the seconds that took. */
#include <modbus/modbus.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int arguments_count, char **arguments) {
  if (arguments_count != 5) return 2;
  int count = atoi(arguments[2]), done = 0;
  double seconds = atof(arguments[3]) / 1e3;
  modbus_t *line = modbus_new_rtu(arguments[1], atoi(arguments[4]), 'N', 8, 2);
  uint16_t registers[125];
  if (!line || modbus_set_slave(line, 1) || modbus_connect(line)) return 1;
  double begin = now();
  while (now() - begin < seconds) {
    if (modbus_read_registers(line, 0, count, registers) != count) return 1;
    done++;
  }
  printf("%d %.9f\n", done, now() - begin);
  modbus_close(line);
  modbus_free(line);
  return 0;
}
