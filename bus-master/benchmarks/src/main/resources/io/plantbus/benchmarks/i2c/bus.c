/* Stands in for the C library: one I2C adapter with a register file at 0x48, which answers at once. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <stdarg.h>
#include <time.h>

static unsigned char registers[256];
static unsigned char pointer;

int open(const char *path, int flags, ...) { (void)path; (void)flags; return 1001; }
int close(int fd) { (void)fd; return 0; }

int ioctl(int fd, unsigned long request, ...) {
  va_list arguments;
  va_start(arguments, request);
  void *argument = va_arg(arguments, void *);
  va_end(arguments);
  (void)fd;
  if (request == I2C_FUNCS) {
    *(unsigned long *)argument = I2C_FUNC_I2C | I2C_FUNC_SMBUS_QUICK;
    return 0;
  }
  struct i2c_rdwr_ioctl_data *data = argument;
  if (request != I2C_RDWR) { errno = ENOTTY; return -1; }
  for (unsigned i = 0; i < data->nmsgs; i++) {
    struct i2c_msg *m = &data->msgs[i];
    if (m->addr != 0x48) { errno = EREMOTEIO; return -1; }
    for (int b = 0; b < m->len; b++) {
      if (m->flags & I2C_M_RD) m->buf[b] = registers[pointer++];
      else if (b == 0) pointer = m->buf[0];
      else registers[pointer++] = m->buf[b];
    }
  }
  return (int)data->nmsgs;
}

/* The floor: the same transfers, from C. Returns nanoseconds per transfer. */
double bus_floor(int transfers) {
  unsigned char out[1] = {3}, in[2];
  struct i2c_msg messages[2] = {{0x48, 0, 1, out}, {0x48, I2C_M_RD, 2, in}};
  struct i2c_rdwr_ioctl_data data = {messages, 2};
  int (*volatile call)(int, unsigned long, ...) = ioctl;
  struct timespec begin, end;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  for (int i = 0; i < transfers; i++) call(1001, I2C_RDWR, &data);
  clock_gettime(CLOCK_MONOTONIC, &end);
  return ((double)(end.tv_sec - begin.tv_sec) * 1e9 + (double)(end.tv_nsec - begin.tv_nsec)) / transfers;
}
