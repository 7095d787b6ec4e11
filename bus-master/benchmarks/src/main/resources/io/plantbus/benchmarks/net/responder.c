/* The floor of a server: one epoll loop that answers FC 3 with as many registers as asked for. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define REQUEST 12
#define BATCH 16

struct link {
  int fd, filled, left, at;
  unsigned char in[(BATCH + 1) * REQUEST], out[(BATCH + 1) * 259];
};

static int poll_fd;

static void watch(struct link *l, int operation, int events) {
  struct epoll_event e = {.events = events, .data.ptr = l};
  epoll_ctl(poll_fd, operation, l->fd, &e);
}

static void drop(struct link *l) {
  close(l->fd);
  free(l);
}

/* Whether the connection lives on. What the peer does not take stops the reading of its requests. */
static int flush(struct link *l) {
  int waited = l->at > 0;
  int n = write(l->fd, l->out + l->at, l->left);
  if (n < 0 && errno != EAGAIN) return 0;
  l->at += n > 0 ? n : 0;
  l->left -= n > 0 ? n : 0;
  if (l->left > 0) {
    watch(l, EPOLL_CTL_MOD, EPOLLOUT);
  } else {
    l->at = 0;
    if (waited) watch(l, EPOLL_CTL_MOD, EPOLLIN);
  }
  return 1;
}

static int serve(struct link *l) {
  int n = read(l->fd, l->in + l->filled, BATCH * REQUEST);
  if (n <= 0) return n < 0 && errno == EAGAIN;
  l->filled += n;
  int at = 0;
  for (; l->filled - at >= REQUEST; at += REQUEST) {
    unsigned char *q = l->in + at, *a = l->out + l->left;
    int registers = q[11];
    if (q[2] || q[3] || q[4] || q[5] != 6 || q[7] != 3 || registers > 125) return 0;
    memset(a, 0, 9 + 2 * registers);
    memcpy(a, q, 8);
    a[5] = 3 + 2 * registers;
    a[8] = 2 * registers;
    l->left += 9 + 2 * registers;
  }
  l->filled -= at;
  memmove(l->in, l->in + at, l->filled);
  return l->left == 0 || flush(l);
}

int main(void) {
  struct rlimit files = {8192, 8192};
  setrlimit(RLIMIT_NOFILE, &files);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof at;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
  if (bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 1024)) return 1;
  getsockname(listener, (struct sockaddr *)&at, &length);
  poll_fd = epoll_create1(0);
  struct epoll_event e[256] = {{.events = EPOLLIN, .data.ptr = 0}};
  epoll_ctl(poll_fd, EPOLL_CTL_ADD, listener, e);
  printf("listening %d\n", ntohs(at.sin_port));
  fflush(stdout);
  for (;;) {
    int n = epoll_wait(poll_fd, e, 256, -1);
    for (int i = 0; i < n; i++) {
      struct link *l = e[i].data.ptr;
      if (!l) {
        int fd = accept4(listener, 0, 0, SOCK_NONBLOCK);
        if (fd < 0) continue;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        l = calloc(1, sizeof *l);
        l->fd = fd;
        watch(l, EPOLL_CTL_ADD, EPOLLIN);
      } else if (!(e[i].events & EPOLLOUT ? flush(l) : serve(l))) {
        drop(l);
      }
    }
  }
}
