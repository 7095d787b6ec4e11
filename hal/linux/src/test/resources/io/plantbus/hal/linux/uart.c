/* Stands in for the C library around a real pseudo terminal: lends it what a UART has (modem lines,
   RS-485, error counters, low latency, a transmitter) and writes down what it was asked, in text. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/serial.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { TEMT = 1 };

static char journal[65536];
static struct serial_rs485 rs485;
static struct serial_icounter_struct counters;
static int rs485_errno, forced_set, forced_clear, lsr_errno, busy, damaged, modem, flags, rts_errno;

static void note(const char *format, ...) {
  size_t used = strlen(journal);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(journal + used, sizeof journal - used, format, arguments);
  va_end(arguments);
}

static int fail(int error) { errno = error; return -1; }

void uart_reset(void) {
  journal[0] = 0;
  memset(&rs485, 0, sizeof rs485);
  memset(&counters, 0, sizeof counters);
  counters.parity = -1;
  counters.frame = 7;
  rs485_errno = forced_set = forced_clear = lsr_errno = busy = modem = flags = rts_errno = 0;
  damaged = -1;
}
void uart_fail_rs485(int error) { rs485_errno = error; }
void uart_force_rs485(int set, int clear) { forced_set = set; forced_clear = clear; }
void uart_enable_rs485(int bits) { rs485.flags = bits; }
void uart_fail_lsr(int error) { lsr_errno = error; }
void uart_fail_rts(int error) { rts_errno = error; }
void uart_busy_for(int questions) { busy = questions; }
void uart_damage(int character) { damaged = character; }
const char *uart_journal(void) { return journal; }

int ioctl(int fd, unsigned long request, ...) {
  va_list arguments;
  va_start(arguments, request);
  void *argument = va_arg(arguments, void *);
  va_end(arguments);
  switch (request) {
    case TIOCGRS485:
      if (rs485_errno) return fail(rs485_errno);
      *(struct serial_rs485 *)argument = rs485;
      return 0;
    case TIOCSRS485:
      if (rs485_errno) return fail(rs485_errno);
      rs485 = *(struct serial_rs485 *)argument;
      note("rs485 %x before %u after %u\n", rs485.flags, rs485.delay_rts_before_send, rs485.delay_rts_after_send);
      rs485.flags = (rs485.flags | forced_set) & ~forced_clear;
      return 0;
    case TIOCMGET:
      *(int *)argument = modem;
      return 0;
    case TIOCMBIS:
    case TIOCMBIC: {
      int lines = *(int *)argument;
      if (rts_errno && (lines & TIOCM_RTS)) return fail(rts_errno);
      modem = request == TIOCMBIS ? modem | lines : modem & ~lines;
      note("%s%s%s\n", lines & TIOCM_DTR ? "DTR " : "", lines & TIOCM_RTS ? "RTS " : "", request == TIOCMBIS ? "on" : "off");
      return 0;
    }
    case TIOCSERGETLSR:
      if (lsr_errno) return fail(lsr_errno);
      *(int *)argument = busy > 0 ? 0 : TEMT;
      note("transmitter %s\n", busy > 0 ? "busy" : "empty");
      if (busy > 0) busy--;
      return 0;
    case TIOCGICOUNT:
      *(struct serial_icounter_struct *)argument = counters;
      return 0;
    case TIOCGSERIAL:
      ((struct serial_struct *)argument)->flags = flags;
      return 0;
    case TIOCSSERIAL:
      flags = ((struct serial_struct *)argument)->flags;
      return 0;
    case TIOCEXCL: note("exclusive\n"); break;
    case TIOCNXCL: note("shared\n"); break;
  }
  return (int)syscall(SYS_ioctl, fd, request, argument);
}

ssize_t write(int fd, const void *from, size_t length) {
  if (isatty(fd)) note("sends %zu\n", length);
  return syscall(SYS_write, fd, from, length);
}

/* A character that is to be damaged arrives as the kernel marks it, and is counted as it counts. */
ssize_t read(int fd, void *into, size_t length) {
  unsigned char found[256], *out = into;
  ssize_t count = syscall(SYS_read, fd, found, length < 256 ? length : 256);
  size_t made = 0;
  for (ssize_t i = 0; i < count; i++) {
    if (damaged < 0 || found[i] != damaged) { out[made++] = found[i]; continue; }
    out[made++] = 0xff;
    out[made++] = 0;
    out[made++] = found[i];
    counters.parity++;
    counters.brk++;
    counters.overrun++;
    counters.buf_overrun++;
  }
  return count < 0 ? count : (ssize_t)made;
}
