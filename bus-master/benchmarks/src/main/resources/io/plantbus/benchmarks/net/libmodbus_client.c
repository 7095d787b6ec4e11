/* libmodbus as a client: the commands of load.c, a thread for each connection. */
#define _GNU_SOURCE
#include <modbus/modbus.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define SECOND 1000000000L

static int port, registers;
static long end, histogram[64 * 32], total;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t start;

static long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * SECOND + t.tv_nsec;
}

static long cpu(void) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * SECOND
      + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) * 1000L;
}

static long percentile(double share) {
  long seen = 0;
  for (int i = 0; i < 64 * 32; i++) {
    seen += histogram[i];
    if (seen > 0 && seen >= share * total) return i < 32 ? i : (32L + i % 32) << (i / 32 - 1);
  }
  return 0;
}

static void *client(void *unused) {
  long counts[64 * 32] = {0}, done = 0;
  uint16_t values[125];
  modbus_t *m = modbus_new_tcp("127.0.0.1", port);
  modbus_set_slave(m, 1);
  if (modbus_connect(m)) exit(1);
  pthread_barrier_wait(&start);
  pthread_barrier_wait(&start);
  for (long before = now(); before < end; done++) {
    if (modbus_read_registers(m, 0, registers, values) != registers) exit(1);
    long after = now(), nanos = after - before;
    int e = nanos < 32 ? 0 : 58 - __builtin_clzl(nanos);
    counts[nanos < 32 ? nanos : (e + 1) * 32 + ((nanos >> e) & 31)]++;
    before = after;
  }
  modbus_close(m);
  modbus_free(m);
  pthread_mutex_lock(&lock);
  total += done;
  for (int i = 0; i < 64 * 32; i++) histogram[i] += counts[i];
  pthread_mutex_unlock(&lock);
  return unused;
}

int main(void) {
  char line[200];
  setvbuf(stdout, 0, _IOLBF, 0);
  while (fgets(line, sizeof line, stdin)) {
    int connections, window;
    long millis;
    if (sscanf(line, "run %d %d %d %d %ld", &port, &connections, &window, &registers, &millis) != 5)
      return 2;
    pthread_t threads[connections];
    pthread_barrier_init(&start, 0, connections + 1);
    memset(histogram, 0, sizeof histogram);
    total = 0;
    for (int i = 0; i < connections; i++) pthread_create(&threads[i], 0, client, 0);
    pthread_barrier_wait(&start);
    long began = now(), busy = cpu();
    end = began + millis * 1000000L;
    pthread_barrier_wait(&start);
    for (int i = 0; i < connections; i++) pthread_join(threads[i], 0);
    printf("done %ld %ld %ld %ld %ld %ld -1 0 0 0\n", total, now() - began, percentile(.5),
        percentile(.99), percentile(.999), cpu() - busy);
  }
  return 0;
}
