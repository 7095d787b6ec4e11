/* Stands in for the C library: one I2C adapter with two register files (0x48, and 0x2a5 with
   10 bits) and one GPIO chip with 28 lines. Writes down what it was asked, in text. */
#include <errno.h>
#include <linux/gpio.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { I2C_FD = 1001, CHIP_FD = 1002, LINE_FD = 1003 };

static struct target { int address, ten_bit, pointer; unsigned char registers[256]; } targets[2];
static char journal[65536];
static unsigned long functions;
static int open_errno, transfer_errno, level, open_count;

static void note(const char *format, ...) {
  size_t used = strlen(journal);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(journal + used, sizeof journal - used, format, arguments);
  va_end(arguments);
}

static int fail(int error) { errno = error; return -1; }

void shim_reset(unsigned long announced) {
  memset(targets, 0, sizeof targets);
  targets[0].address = 0x48;
  targets[1].address = 0x2a5;
  targets[1].ten_bit = 1;
  journal[0] = 0;
  functions = announced;
  open_errno = transfer_errno = level = open_count = 0;
}
void shim_fail_open(int error) { open_errno = error; }
void shim_fail_transfer(int error) { transfer_errno = error; }
void shim_level(int value) { level = value; }
int shim_open_count(void) { return open_count; }
const char *shim_journal(void) { return journal; }

int open(const char *path, int flags, ...) {
  note("open %s %x\n", path, flags);
  if (open_errno) return fail(open_errno);
  if (!strncmp(path, "/dev/i2c-", 9)) { open_count++; return I2C_FD; }
  if (!strncmp(path, "/dev/gpiochip", 13)) { open_count++; return CHIP_FD; }
  return fail(ENOENT);
}

int close(int fd) { note("close %d\n", fd); open_count--; return 0; }

static int message(struct i2c_msg *m) {
  note("%s %x flags %x length %d", m->flags & I2C_M_RD ? "read" : "write", m->addr, m->flags, m->len);
  for (int i = 0; i < m->len && i < 8 && !(m->flags & I2C_M_RD); i++) note(" %02x", m->buf[i]);
  note("\n");
  for (int t = 0; t < 2; t++) {
    struct target *target = &targets[t];
    if (target->address != m->addr || target->ten_bit != !!(m->flags & I2C_M_TEN)) continue;
    for (int i = 0; i < m->len; i++) {
      if (m->flags & I2C_M_RD) m->buf[i] = target->registers[target->pointer++ & 0xff];
      else if (i == 0) target->pointer = m->buf[0];
      else target->registers[target->pointer++ & 0xff] = m->buf[i];
    }
    return 0;
  }
  return fail(EREMOTEIO);
}

static int line_request(struct gpio_v2_line_request *r) {
  note("line %u of %u by %s flags %llx", r->offsets[0], r->num_lines, r->consumer,
       (unsigned long long)r->config.flags);
  for (unsigned i = 0; i < r->config.num_attrs; i++)
    note(" attribute %u value %llx mask %llx", r->config.attrs[i].attr.id,
         (unsigned long long)r->config.attrs[i].attr.values,
         (unsigned long long)r->config.attrs[i].mask);
  note("\n");
  if (r->offsets[0] >= 28) return fail(EINVAL);
  r->fd = LINE_FD;
  open_count++;
  return 0;
}

int ioctl(int fd, unsigned long request, ...) {
  va_list arguments;
  va_start(arguments, request);
  void *argument = va_arg(arguments, void *);
  va_end(arguments);
  if (transfer_errno) return fail(transfer_errno);
  if (fd == I2C_FD && request == I2C_FUNCS) {
    *(unsigned long *)argument = functions;
    return 0;
  }
  if (fd == I2C_FD && request == I2C_RDWR) {
    struct i2c_rdwr_ioctl_data *data = argument;
    note("transfer of %u\n", data->nmsgs);
    for (unsigned i = 0; i < data->nmsgs; i++)
      if (message(&data->msgs[i])) return -1;
    return (int)data->nmsgs;
  }
  if (fd == CHIP_FD && request == GPIO_V2_GET_LINE_IOCTL) return line_request(argument);
  struct gpio_v2_line_values *values = argument;
  if (fd == LINE_FD && request == GPIO_V2_LINE_SET_VALUES_IOCTL) {
    note("set %llx mask %llx\n", (unsigned long long)values->bits, (unsigned long long)values->mask);
    return 0;
  }
  if (fd == LINE_FD && request == GPIO_V2_LINE_GET_VALUES_IOCTL) {
    note("get mask %llx\n", (unsigned long long)values->mask);
    values->bits = (unsigned long long)level;
    return 0;
  }
  return fail(ENOTTY);
}
