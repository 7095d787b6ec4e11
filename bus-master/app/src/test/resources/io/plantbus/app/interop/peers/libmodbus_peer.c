/*
 * A Modbus client or server on libmodbus.
 *
 *   libmodbus_peer serve tcp
 *   libmodbus_peer serve rtu DEVICE BAUD
 *   libmodbus_peer run   tcp PORT
 *   libmodbus_peer run   rtu DEVICE BAUD
 *
 * A server prints "ready PORT" (0 on a serial line) and serves until it is killed. A client reads
 * one operation per line (a function code and its arguments in decimal) and prints one reply each:
 * "ok VALUES", "exception CODE" or "fault REASON".
 */
#include <arpa/inet.h>
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define UNIT 17
#define BITS 2000
#define REGISTERS 128
#define MOST 2000

static modbus_t *context;

static void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, modbus_strerror(errno));
  exit(1);
}

static modbus_t *open_context(int count, char **words, int serving) {
  modbus_t *made;
  if (count >= 2 && strcmp(words[0], "rtu") == 0) {
    made = modbus_new_rtu(words[1], atoi(words[2]), 'E', 8, 1);
  } else {
    made = modbus_new_tcp("127.0.0.1", serving ? 0 : atoi(words[1]));
  }
  if (made == NULL || modbus_set_slave(made, UNIT) < 0) {
    fail("cannot make a context");
  }
  modbus_set_response_timeout(made, 2, 0);
  return made;
}

static modbus_mapping_t *model(void) {
  modbus_mapping_t *map = modbus_mapping_new(BITS, BITS, REGISTERS, REGISTERS);
  if (map == NULL) {
    fail("cannot make the tables");
  }
  for (int i = 0; i < BITS; i++) {
    map->tab_bits[i] = i % 3 == 0;
    map->tab_input_bits[i] = i % 5 == 0;
  }
  for (int i = 0; i < REGISTERS; i++) {
    map->tab_registers[i] = (uint16_t)(i * 257 + 1);
    map->tab_input_registers[i] = (uint16_t)(65535 - 3 * i);
  }
  return map;
}

static void serve(int tcp) {
  modbus_mapping_t *map = model();
  uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
  int listener = -1;
  int port = 0;
  if (tcp) {
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    listener = modbus_tcp_listen(context, 1);
    if (listener < 0 || getsockname(listener, (struct sockaddr *)&address, &length) < 0) {
      fail("cannot listen");
    }
    port = ntohs(address.sin_port);
  } else if (modbus_connect(context) < 0) {
    fail("cannot open the line");
  }
  printf("ready %d\n", port);
  fflush(stdout);
  for (;;) {
    if (tcp && modbus_tcp_accept(context, &listener) < 0) {
      fail("cannot accept");
    }
    for (;;) {
      int length = modbus_receive(context, query);
      if (length > 0) {
        modbus_reply(context, query, length, map);
      } else if (length < 0 && tcp) {
        break;
      }
    }
    modbus_close(context);
  }
}

static void tell_bits(int count, const uint8_t *bits) {
  printf("ok");
  for (int i = 0; i < count; i++) {
    printf(" %d", bits[i]);
  }
}

static void tell_registers(int count, const uint16_t *registers) {
  printf("ok");
  for (int i = 0; i < count; i++) {
    printf(" %d", registers[i]);
  }
}

static void tell_failure(void) {
  if (errno > MODBUS_ENOBASE && errno < MODBUS_ENOBASE + MODBUS_EXCEPTION_MAX) {
    printf("exception %d", errno - MODBUS_ENOBASE);
  } else {
    printf("fault %s", modbus_strerror(errno));
  }
}

/* Carries out one operation; below zero for a failure, with errno. */
static int operate(int function, const int *arguments, int count) {
  uint8_t bits[MOST];
  uint16_t registers[MOST];
  int first = arguments[0];
  int written = count - (function == 23 ? 3 : 1);
  const int *values = arguments + (function == 23 ? 3 : 1);
  for (int i = 0; i < written; i++) {
    bits[i] = (uint8_t)values[i];
    registers[i] = (uint16_t)values[i];
  }
  int done;
  switch (function) {
    case 1:
    case 2:
      done = function == 1 ? modbus_read_bits(context, first, arguments[1], bits)
                           : modbus_read_input_bits(context, first, arguments[1], bits);
      if (done >= 0) {
        tell_bits(done, bits);
      }
      return done;
    case 3:
    case 4:
      done = function == 3 ? modbus_read_registers(context, first, arguments[1], registers)
                           : modbus_read_input_registers(context, first, arguments[1], registers);
      if (done >= 0) {
        tell_registers(done, registers);
      }
      return done;
    case 23:
      done = modbus_write_and_read_registers(
          context, arguments[2], written, registers, first, arguments[1], registers);
      if (done >= 0) {
        tell_registers(done, registers);
      }
      return done;
    case 5:
      done = modbus_write_bit(context, first, arguments[1]);
      break;
    case 6:
      done = modbus_write_register(context, first, arguments[1]);
      break;
    case 15:
      done = modbus_write_bits(context, first, written, bits);
      break;
    case 16:
      done = modbus_write_registers(context, first, written, registers);
      break;
    case 22:
      done = modbus_mask_write_register(
          context, first, (uint16_t)arguments[1], (uint16_t)arguments[2]);
      break;
    default:
      errno = ENOTSUP;
      return -1;
  }
  if (done >= 0) {
    printf("ok");
  }
  return done;
}

static void run(void) {
  static char line[1 << 14];
  if (modbus_connect(context) < 0) {
    fail("cannot connect");
  }
  while (fgets(line, sizeof line, stdin) != NULL) {
    int numbers[MOST + 4] = {0};
    int count = 0;
    for (char *word = strtok(line, " \n"); word != NULL; word = strtok(NULL, " \n")) {
      numbers[count++] = atoi(word);
    }
    if (operate(numbers[0], numbers + 1, count - 1) < 0) {
      tell_failure();
    }
    printf("\n");
    fflush(stdout);
  }
}

int main(int count, char **words) {
  if (count < 3) {
    fprintf(stderr, "usage: libmodbus_peer serve|run tcp|rtu ...\n");
    return 2;
  }
  int serving = strcmp(words[1], "serve") == 0;
  context = open_context(count - 2, words + 2, serving);
  if (serving) {
    serve(strcmp(words[2], "tcp") == 0);
  } else {
    run();
  }
  modbus_close(context);
  modbus_free(context);
  return 0;
}
