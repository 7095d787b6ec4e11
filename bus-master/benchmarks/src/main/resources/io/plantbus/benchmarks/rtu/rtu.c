/* Both ends of a serial line without hardware.
 *   rtu slave              makes a pseudo terminal, prints its device, and answers FC 3 on it. Commands on standard input, a line each:
 *                            pace BAUD   answers come when a wire of that speed would have brought them; 0: at once
 *                            count       prints how many requests came since the last count, the median and the least silence before each
 *   rtu master DEVICE COUNT MILLIS SILENCE_NANOS
 *                          asks and waits, with nothing around it, and prints how often it did and the seconds that took
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define BITS_PER_CHARACTER 11
#define MOST_SILENCES 1000000
#define SPUN_NANOS 60000

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* Sleeps through most of the wait and spins the rest, so that the wait is as long as it should be. */
static void wait_until(int64_t end) {
  int64_t rest = end - now() - SPUN_NANOS;
  if (rest > 0) {
    struct timespec t = {rest / 1000000000LL, rest % 1000000000LL};
    clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL);
  }
  while (now() < end) {}
}

static int append_crc(unsigned char *frame, int length) {
  unsigned crc = 0xFFFF;
  for (int i = 0; i < length; i++) {
    crc ^= frame[i];
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
  }
  frame[length] = crc & 0xFF;
  frame[length + 1] = crc >> 8;
  return length + 2;
}

static void raw(int fd) {
  struct termios settings;
  if (tcgetattr(fd, &settings) == 0) {
    cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD;
    tcsetattr(fd, TCSANOW, &settings);
  }
}

static int by_size(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static int64_t silences[MOST_SILENCES];

static void tell(int64_t counted) {
  int64_t kept = counted < MOST_SILENCES ? counted : MOST_SILENCES;
  qsort(silences, (size_t)kept, sizeof *silences, by_size);
  printf("%lld %lld %lld\n", (long long)counted, (long long)(kept ? silences[kept / 2] : 0),
         (long long)(kept ? silences[0] : 0));
  fflush(stdout);
}

static int slave(void) {
  int line = posix_openpt(O_RDWR | O_NOCTTY);
  if (line < 0 || grantpt(line) || unlockpt(line)) return 1;
  int kept = open(ptsname(line), O_RDWR | O_NOCTTY);
  raw(kept);
  printf("%s\n", ptsname(line));
  fflush(stdout);
  unsigned char answer[256] = {0}, request[256], command[64];
  int have = 0, answer_length = 0, asked = -1;
  int64_t counted = 0, answered = 0, character = 0;
  struct pollfd events[2] = {{line, POLLIN, 0}, {0, POLLIN, 0}};
  for (;;) {
    poll(events, 2, -1);
    if (events[1].revents) {
      ssize_t got = read(0, command, sizeof command - 1);
      if (got <= 0) return 0;
      command[got] = 0;
      for (char *line_of = strtok((char *)command, "\n"); line_of; line_of = strtok(NULL, "\n")) {
        if (!strncmp(line_of, "pace ", 5)) {
          int64_t baud = atoll(line_of + 5);
          character = baud ? BITS_PER_CHARACTER * 1000000000LL / baud : 0;
        } else {
          tell(counted);
          counted = answered = 0;
        }
      }
    }
    if (events[0].revents & POLLIN) {
      ssize_t got = read(line, request + have, sizeof request - (size_t)have);
      int64_t came = now();
      if (got <= 0) continue;
      if (have == 0 && answered) {
        if (counted < MOST_SILENCES) silences[counted] = came - answered;
        counted++;
      }
      have += (int)got;
      if (have < 8) continue;
      have = 0;
      int count = request[4] << 8 | request[5];
      if (count != asked) {
        asked = count;
        answer[0] = request[0];
        answer[1] = 3;
        answer[2] = (unsigned char)(2 * count);
        answer_length = append_crc(answer, 3 + 2 * count);
      }
      if (character) wait_until(came + (8 + answer_length) * character);
      /* Taken before it is written: a silence counts from the last byte's arrival, not from when this program runs again. */
      answered = now();
      if (write(line, answer, (size_t)answer_length) != answer_length) return 1;
    }
  }
}

static int master(char **arguments) {
  int line = open(arguments[0], O_RDWR | O_NOCTTY);
  int count = atoi(arguments[1]);
  int64_t length = atoll(arguments[2]) * 1000000LL, silence = atoll(arguments[3]);
  if (line < 0) return 1;
  raw(line);
  prctl(PR_SET_TIMERSLACK, 1);
  unsigned char request[8] = {1, 3, 0, 0, 0, (unsigned char)count}, answer[256];
  append_crc(request, 6);
  int wanted = 5 + 2 * count, done = 0;
  int64_t begin = now(), at = begin;
  while (at - begin < length) {
    if (write(line, request, 8) != 8) return 1;
    for (int have = 0; have < wanted;) {
      ssize_t got = read(line, answer, sizeof answer);
      if (got <= 0) return 1;
      have += (int)got;
    }
    at = now();
    done++;
    if (silence) {
      int64_t rest = at + silence - now();
      struct timespec t = {rest / 1000000000LL, rest % 1000000000LL};
      if (rest > 0) clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL);
    }
  }
  printf("%d %.9f\n", done, (double)(now() - begin) / 1e9);
  return 0;
}

int main(int count, char **arguments) {
  if (count == 2 && !strcmp(arguments[1], "slave")) return slave();
  if (count == 6 && !strcmp(arguments[1], "master")) return master(arguments + 2);
  return 2;
}
