// Where libFuzzer, or replay.cpp in its place, hands in an input: what it costs is held to the
// promise.
#include "libs/testing/fuzz/target.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <string>

// Of the sanitizers' runtime (sanitizer/allocator_interface.h, which GCC 12 does not install).
extern "C" {
int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void*, std::size_t),
                                              void (*on_free)(const volatile void*));
std::size_t __sanitizer_get_allocated_size(const volatile void* block);
}

namespace guildhall::testing {
namespace {

// How many times slower code may be than in a program without sanitizers. Under ASan and UBSan 64
// KiB of each input of Markdown's corpus take 2 to 6 times as long (GCC 12); the rest is room for
// libFuzzer's counters and a busy machine.
constexpr int kSlower = 10;

// Live bytes of the heap since the input came; what it frees of before makes it negative.
std::int64_t live = 0;
std::int64_t peak = 0;

void OnMalloc(const volatile void*, std::size_t size) {
  live += static_cast<std::int64_t>(size);
  peak = std::max(peak, live);
}

void OnFree(const volatile void* block) {
  if (block != nullptr) live -= static_cast<std::int64_t>(__sanitizer_get_allocated_size(block));
}

double CpuMilliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

[[noreturn]] void TooMuch(const char* what, double amount, double most) {
  std::fprintf(stderr, "an input took %.1f %s; at most %.1f are promised\n", amount, what, most);
  std::abort();
}

void Take(std::string_view input) {
  live = peak = 0;
  const double start = CpuMilliseconds();
  TakeInput(input);
  const double spent = CpuMilliseconds() - start;
  if (spent > kMostMilliseconds * kSlower) {
    TooMuch("ms of CPU under sanitizers", spent, kMostMilliseconds * kSlower);
  }
  constexpr double kMiB = 1 << 20;
  if (peak > static_cast<std::int64_t>(kMostBytes)) {
    TooMuch("MiB of heap", static_cast<double>(peak) / kMiB, kMostBytes / kMiB);
  }
}

void TakeRepeated(std::string_view input, std::size_t size) {
  std::string text;
  while (text.size() + input.size() <= size) text += input;
  Take(text);
}

}  // namespace

unsigned repeated_one_in = 64;

}  // namespace guildhall::testing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guildhall::testing;
  static const int hooks = __sanitizer_install_malloc_and_free_hooks(OnMalloc, OnFree);
  if (hooks == 0) std::abort();
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  Take(input);
  if (input.empty() || std::accumulate(data, data + size, 0U) % repeated_one_in != 0) return 0;
  for (const std::size_t most : {std::size_t{64} << 10, kLongestInput}) TakeRepeated(input, most);
  return 0;
}
