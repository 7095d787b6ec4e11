/* Clients that a server must bear.
 *
 *   slow PORT      eight that ask for all they can and read one byte a second
 *   hostile PORT   half requests, garbage, and thousands of connections a second
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int port;

static int dial(int receive_buffer) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (receive_buffer) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  connect(fd, (struct sockaddr *)&to, sizeof to);
  return fd;
}

static void reset(int fd) {
  struct linger none = {1, 0};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
  close(fd);
}

static void slow(void) {
  unsigned char requests[100 * 12], byte;
  unsigned char one[12] = {0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 125};
  int fds[8];
  for (int i = 0; i < 100; i++) memcpy(requests + 12 * i, one, 12);
  for (int i = 0; i < 8; i++) fds[i] = dial(2048);
  for (;;) {
    for (int i = 0; i < 8; i++) {
      while (send(fds[i], requests, sizeof requests, MSG_NOSIGNAL) == sizeof requests) {}
      if (read(fds[i], &byte, 1) < 0) continue;
    }
    sleep(1);
  }
}

static void hostile(void) {
  unsigned char half[7] = {0, 1, 0, 0, 0, 6, 1}, garbage[300];
  int kept[200] = {0};
  for (unsigned round = 0;; round++) {
    int *place = &kept[round % 200];
    if (*place) reset(*place);
    *place = dial(0);
    for (int i = 0; i < 300; i++) garbage[i] = rand();
    if (round % 2) {
      send(*place, half, sizeof half, MSG_NOSIGNAL);
    } else {
      send(*place, garbage, sizeof garbage, MSG_NOSIGNAL);
    }
    for (int i = 0; i < 5; i++) reset(dial(0));
    usleep(1000);
  }
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  port = atoi(arguments[2]);
  if (arguments[1][0] == 's') slow();
  hostile();
}
