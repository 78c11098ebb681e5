// Gives the process that loads it (ld.so(8), LD_PRELOAD) a wall clock that jumps: it is ahead of
// the machine's by as many seconds as the file that CLOCK_AHEAD names says, which others may
// rewrite at any moment. Clocks that only go forward (CLOCK_MONOTONIC) stay as they are, as in a
// real jump.
//
// Who waits until a moment of the wall clock waits by this one: Abseil does by futex(2). The waits
// of libstdc++, gRPC and Asio are by the other clock.
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>

namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
// A wait looks at the clock again after so long.
constexpr std::int64_t kSliceNanos = 20'000'000;

// Eight bytes of the machine's own order, which stand still while nobody jumps.
using Seconds = std::atomic<std::int64_t>;

const Seconds* Map() {
  const char* path = std::getenv("CLOCK_AHEAD");
  const int file = path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) std::abort();
  void* const mapped = mmap(nullptr, sizeof(Seconds), PROT_READ, MAP_SHARED, file, 0);
  close(file);
  if (mapped == MAP_FAILED) std::abort();
  return static_cast<const Seconds*>(mapped);
}

std::int64_t Ahead() {
  static const Seconds* const seconds = Map();
  return seconds->load(std::memory_order_relaxed);
}

// What is there without this library.
template <typename Function>
Function* Next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

std::int64_t Nanos(const timespec& moment) {
  return moment.tv_sec * kNanosPerSecond + moment.tv_nsec;
}

std::int64_t Now(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return Nanos(now);
}

using Syscall = long(long, ...);

// futex(2), FUTEX_WAIT_BITSET until a moment of this clock.
long WaitUntil(Syscall* next, std::int64_t moment, long word, long operation, long value,
               long bits) {
  for (;;) {
    const std::int64_t left = moment - Now(CLOCK_REALTIME);
    if (left <= 0) {
      errno = ETIMEDOUT;
      return -1;
    }
    const std::int64_t until = Now(CLOCK_MONOTONIC) + std::min(left, kSliceNanos);
    const timespec slice{until / kNanosPerSecond, until % kNanosPerSecond};
    const long result =
        next(SYS_futex, word, operation & ~FUTEX_CLOCK_REALTIME, value, &slice, nullptr, bits);
    if (result == 0 || errno != ETIMEDOUT) return result;
  }
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* moment) {
  static auto* const next = Next<decltype(clock_gettime)>("clock_gettime");
  const int result = next(clock, moment);
  const bool is_wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
  if (result == 0 && is_wall) moment->tv_sec += Ahead();
  return result;
}

int gettimeofday(timeval* moment, void* zone) {
  static auto* const next = Next<int(timeval*, void*)>("gettimeofday");
  const int result = next(moment, zone);
  if (result == 0) moment->tv_sec += Ahead();
  return result;
}

time_t time(time_t* moment) {
  const time_t now = Now(CLOCK_REALTIME) / kNanosPerSecond;
  if (moment != nullptr) *moment = now;
  return now;
}

long syscall(long number, ...) {
  static auto* const next = Next<Syscall>("syscall");
  va_list arguments;
  va_start(arguments, number);
  long a[6];
  for (long& each : a) each = va_arg(arguments, long);
  va_end(arguments);
  const bool waits = number == SYS_futex && (a[1] & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET &&
                     (a[1] & FUTEX_CLOCK_REALTIME) != 0 && a[3] != 0;
  if (waits) {
    const std::int64_t moment = Nanos(*reinterpret_cast<const timespec*>(a[3]));
    return WaitUntil(next, moment, a[0], a[1], a[2], a[5]);
  }
  return next(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

}  // extern "C"
