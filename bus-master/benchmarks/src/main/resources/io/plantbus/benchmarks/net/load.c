/* A load generator: reads commands, one per line, and answers each with one line.
 *
 *   run PORT CONNECTIONS WINDOW REGISTERS MILLIS   FC 3 at full speed, over epoll, or over a plain
 *                                                  blocking socket for one connection and window 1
 *                                                  if the program was started with "blocking"
 *   hold PORT CONNECTIONS                          opens connections and exchanges one request each
 *   drop                                           closes those
 *
 * "done TRANSACTIONS NANOS P50 P99 P99.9 CPU_NANOS ALLOCATED LONGEST_GAP SILENT UNANSWERED"
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST 4096
#define WINDOW 16
#define REQUEST 12
#define SECOND 1000000000L

struct link {
  int fd, connected, inflight, filled, first;
  long sent[WINDOW], heard, gap, answers;
};

static struct link links[MOST];
static int held;
static long histogram[64 * 32];

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

static void record(long nanos) {
  int e = nanos < 32 ? 0 : 58 - __builtin_clzl(nanos);
  histogram[nanos < 32 ? nanos : (e + 1) * 32 + ((nanos >> e) & 31)]++;
}

static long percentile(double share, long total) {
  long seen = 0;
  for (int i = 0; i < 64 * 32; i++) {
    seen += histogram[i];
    if (seen > 0 && seen >= share * total) return i < 32 ? i : (32L + i % 32) << (i / 32 - 1);
  }
  return 0;
}

static int dial(int port, int flags) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM | flags, 0), one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) {
    close(fd);
    return -1;
  }
  return fd;
}

static void requests(unsigned char *into, int count, int registers) {
  static unsigned short id;
  for (int i = 0; i < count; i++, into += REQUEST, id++) {
    unsigned char request[REQUEST] = {id >> 8, id, 0, 0, 0, 6, 1, 3, 0, 0, 0, registers};
    memcpy(into, request, REQUEST);
  }
}

static void ask(struct link *l, int count, int registers, long at) {
  unsigned char bytes[WINDOW * REQUEST];
  requests(bytes, count, registers);
  for (int i = 0; i < count; i++) l->sent[(l->first + l->inflight++) % WINDOW] = at;
  if (write(l->fd, bytes, count * REQUEST) != count * REQUEST) l->connected = 0;
}

static long blocking(int port, int registers, long end) {
  int fd = dial(port, 0), length = 9 + 2 * registers;
  unsigned char request[REQUEST], answer[300];
  long total = 0, before = now();
  while (before < end) {
    requests(request, 1, registers);
    if (write(fd, request, REQUEST) != REQUEST) break;
    for (int got = 0; got < length;) {
      int n = read(fd, answer + got, length - got);
      if (n <= 0) exit(1);
      got += n;
    }
    long after = now();
    record(after - before);
    before = after;
    total++;
  }
  close(fd);
  return total;
}

static int opened(int port, int connections) {
  int poll = epoll_create1(0);
  memset(links, 0, sizeof *links * connections);
  for (int i = 0; i < connections; i++) {
    links[i].fd = dial(port, SOCK_NONBLOCK);
    struct epoll_event e = {.events = EPOLLOUT, .data.u32 = i};
    if (links[i].fd >= 0) epoll_ctl(poll, EPOLL_CTL_ADD, links[i].fd, &e);
  }
  long end = now() + SECOND / 2;
  for (int ready = 0; ready < connections && now() < end;) {
    struct epoll_event e[64];
    int n = epoll_wait(poll, e, 64, 50);
    for (int i = 0; i < n; i++, ready++) {
      struct link *l = &links[e[i].data.u32];
      l->connected = !(e[i].events & (EPOLLERR | EPOLLHUP));
      struct epoll_event in = {.events = EPOLLIN, .data.u32 = e[i].data.u32};
      epoll_ctl(poll, EPOLL_CTL_MOD, l->fd, &in);
    }
  }
  return poll;
}

static void heard(struct link *l, int registers, long end, long *total) {
  static unsigned char bytes[65536];
  int length = 9 + 2 * registers;
  int n = read(l->fd, bytes, sizeof bytes);
  if (n <= 0) {
    if (n == 0 || errno != EAGAIN) {
      l->connected = 0;
      close(l->fd);
      l->fd = -1;
    }
    return;
  }
  long at = now();
  l->filled += n;
  int answers = l->filled / length;
  l->filled %= length;
  for (int i = 0; i < answers && l->inflight > 0; i++, l->inflight--, ++*total, l->answers++) {
    record(at - l->sent[l->first]);
    l->first = (l->first + 1) % WINDOW;
  }
  if (answers > 0) {
    if (at - l->heard > l->gap) l->gap = at - l->heard;
    l->heard = at;
    if (at < end) ask(l, answers, registers, at);
  }
}

/* One request on each connection, for as long as half a second: the server has accepted all that are
 * answered. Those that are not are asked no more; their silence is counted from the start. */
static void settle(int poll, int connections, int registers) {
  long answered = 0, from = now();
  struct epoll_event e[256];
  for (int i = 0; i < connections; i++)
    if (links[i].connected) ask(&links[i], 1, registers, from);
  while (answered < connections && now() < from + SECOND / 2) {
    int n = epoll_wait(poll, e, 256, 20);
    for (int i = 0; i < n; i++) heard(&links[e[i].data.u32], registers, 0, &answered);
  }
  memset(histogram, 0, sizeof histogram);
  for (int i = 0; i < connections; i++) links[i].answers = links[i].gap = 0;
}

static void shut(int poll, int connections) {
  for (int i = 0; i < connections; i++)
    if (links[i].fd >= 0) close(links[i].fd);
  close(poll);
}

static void run(int block, int port, int connections, int window, int registers, long millis) {
  long total = 0, gap = 0, silent = 0, unanswered = 0;
  memset(histogram, 0, sizeof histogram);
  int plain = block && connections == 1 && window == 1;
  int poll = plain ? -1 : opened(port, connections);
  if (!plain) settle(poll, connections, registers);
  long start = now(), busy = cpu(), end = start + millis * 1000000L, over = end + SECOND / 5;
  if (plain) {
    total = blocking(port, registers, end);
  } else {
    for (int i = 0; i < connections; i++) {
      links[i].heard = start;
      if (links[i].connected) ask(&links[i], window - links[i].inflight, registers, start);
    }
    struct epoll_event e[256];
    for (long at = start; at < end; at = now()) {
      int n = epoll_wait(poll, e, 256, 20);
      for (int i = 0; i < n; i++) heard(&links[e[i].data.u32], registers, end, &total);
    }
  }
  long nanos = now() - start, used = cpu() - busy, counted = total;
  if (!plain) { /* what is still in flight, so that nobody is cut off in the middle */
    struct epoll_event e[256];
    for (int n = 1; n > 0 && now() < over;) {
      n = epoll_wait(poll, e, 256, 20);
      for (int i = 0; i < n; i++) heard(&links[e[i].data.u32], registers, 0, &counted);
    }
    for (int i = 0; i < connections; i++) {
      struct link *l = &links[i];
      long open = l->answers > 0 && l->heard > end ? 0 : end - l->heard;
      if (open > l->gap) l->gap = open;
      if (l->gap > gap) gap = l->gap;
      silent += l->gap >= SECOND;
      unanswered += l->answers == 0;
    }
    shut(poll, connections);
  }
  printf("done %ld %ld %ld %ld %ld %ld -1 %ld %ld %ld\n", total, nanos, percentile(.5, counted),
      percentile(.99, counted), percentile(.999, counted), used, gap, silent, unanswered);
}

static void hold(int port, int connections) {
  long total = 0, end = now() + SECOND;
  held = connections;
  int poll = opened(port, connections);
  for (int i = 0; i < connections; i++)
    if (links[i].connected) ask(&links[i], 1, 10, 0);
  while (total < connections && now() < end) {
    struct epoll_event e[256];
    int n = epoll_wait(poll, e, 256, 20);
    for (int i = 0; i < n; i++) heard(&links[e[i].data.u32], 10, 0, &total);
  }
  close(poll);
  printf("done %ld 1 0 0 0 0 -1 0 0 0\n", total);
}

int main(int count, char **arguments) {
  char line[200];
  int block = count > 1 && !strcmp(arguments[1], "blocking");
  setvbuf(stdout, 0, _IOLBF, 0);
  struct rlimit files = {MOST + 64, MOST + 64};
  setrlimit(RLIMIT_NOFILE, &files);
  while (fgets(line, sizeof line, stdin)) {
    int port, connections, window, registers;
    long millis;
    if (sscanf(line, "run %d %d %d %d %ld", &port, &connections, &window, &registers, &millis) == 5) {
      run(block, port, connections, window, registers, millis);
    } else if (sscanf(line, "hold %d %d", &port, &connections) == 2) {
      hold(port, connections);
    } else {
      for (int i = 0; i < held; i++)
        if (links[i].fd >= 0) close(links[i].fd);
      held = 0;
      printf("done 0 1 0 0 0 0 -1 0 0 0\n");
    }
  }
  return 0;
}
