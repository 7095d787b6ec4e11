/* libmodbus as a server, as fast as it goes: one epoll loop around its receive and reply. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <modbus/modbus.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  struct rlimit files = {8192, 8192};
  setrlimit(RLIMIT_NOFILE, &files);
  modbus_t *m = modbus_new_tcp("127.0.0.1", 0);
  modbus_mapping_t *map = modbus_mapping_new(0, 0, 125, 0);
  int listener = modbus_tcp_listen(m, 1024), poll = epoll_create1(0);
  struct sockaddr_in at;
  socklen_t length = sizeof at;
  getsockname(listener, (struct sockaddr *)&at, &length);
  struct epoll_event e[256] = {{.events = EPOLLIN, .data.fd = listener}};
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, e);
  printf("listening %d\n", ntohs(at.sin_port));
  fflush(stdout);
  for (;;) {
    int n = epoll_wait(poll, e, 256, -1);
    for (int i = 0; i < n; i++) {
      uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
      if (e[i].data.fd == listener) {
        int fd = modbus_tcp_accept(m, &listener);
        struct epoll_event in = {.events = EPOLLIN, .data.fd = fd};
        if (fd >= 0 && epoll_ctl(poll, EPOLL_CTL_ADD, fd, &in)) close(fd);
        continue;
      }
      modbus_set_socket(m, e[i].data.fd);
      int received = modbus_receive(m, query);
      if (received > 0) received = modbus_reply(m, query, received, map);
      if (received < 0) close(e[i].data.fd);
    }
  }
}
