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
#define FIRST_REFUSING 100
#define REFUSED_VALUE 0xDEAD

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
  /* A server waits for that long before it refuses a function that it does not know. */
  modbus_set_response_timeout(made, serving ? 0 : 2, 20000);
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

/* The exception with which a write of a single register is refused, or 0. */
static int refusal(const uint8_t *query) {
  const uint8_t *pdu = query + modbus_get_header_length(context);
  int address = MODBUS_GET_INT16_FROM_INT8(pdu, 1);
  int value = MODBUS_GET_INT16_FROM_INT8(pdu, 3) & 0xFFFF;
  return pdu[0] == MODBUS_FC_WRITE_SINGLE_REGISTER && value == REFUSED_VALUE
             ? address - FIRST_REFUSING
             : 0;
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
      int refused = length > 0 ? refusal(query) : 0;
      if (refused > 0) {
        modbus_reply_exception(context, query, (unsigned)refused);
      } else if (length > 0) {
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

static int put_words(uint8_t *at, int count, const int *words) {
  for (int i = 0; i < count; i++) {
    at[2 * i] = (uint8_t)(words[i] >> 8);
    at[2 * i + 1] = (uint8_t)words[i];
  }
  return 2 * count;
}

/* Writes what follows the function code of a request that the library has no call for. */
static int put_request(uint8_t *at, int function, const int *arguments, int count) {
  switch (function) {
    case 20:
    case 21:
      at[0] = (uint8_t)(function == 20 ? 7 : 7 + 2 * (count - 2));
      at[1] = 6;
      put_words(at + 2, 2, arguments);
      if (function == 20) {
        return 6 + put_words(at + 6, 1, arguments + 2);
      }
      at[6] = 0;
      at[7] = (uint8_t)(count - 2);
      return 8 + put_words(at + 8, count - 2, arguments + 2);
    case 43:
      at[0] = 14;
      at[1] = (uint8_t)arguments[0];
      at[2] = (uint8_t)arguments[1];
      return 3;
    default:
      return put_words(at, count, arguments);
  }
}

/* Sends a request of any function; tells the byte after the function code of its answer. */
static int operate_raw(int function, const int *arguments, int count) {
  uint8_t request[MODBUS_MAX_ADU_LENGTH] = {UNIT, (uint8_t)function};
  uint8_t response[MODBUS_MAX_ADU_LENGTH] = {0};
  int header = modbus_get_header_length(context);
  if (modbus_send_raw_request(
          context, request, 2 + put_request(request + 2, function, arguments, count)) < 0) {
    return -1;
  }
  int length = modbus_receive_confirmation(context, response);
  if (length < 0) {
    return -1;
  }
  if (response[header] >= 0x80) {
    errno = MODBUS_ENOBASE + response[header + 1];
    return -1;
  }
  if (function == 7) {
    printf("ok %d", response[header + 1]);
  } else {
    printf("fault answer cut to %d bytes", length);
  }
  return length;
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
  if (function <= 4 && (arguments[1] < 1 || (function >= 3 && arguments[1] > 125))) {
    return operate_raw(function, arguments, count);
  }
  switch (function) {
    case 17:
      done = modbus_report_slave_id(context, MOST, bits);
      if (done >= 0) {
        tell_bits(done, bits);
      }
      return done;
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
      return operate_raw(function, arguments, count);
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
