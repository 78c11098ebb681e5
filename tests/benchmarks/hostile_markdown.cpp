// What the worst of hostile texts costs: reads texts from standard input, one after the other with
// a NUL between, repeats each up to the most that a post takes, renders it as discussions does, and
// prints the milliseconds of CPU that the worst took, and that text as it was read.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/markdown.h"

namespace {

constexpr std::size_t kLongest = guildhall::Count(guildhall::discussions::kMaxMarkdown);

double CpuMs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double RenderMs(const std::string& text) {
  const double begun = CpuMs();
  (void)guildhall::discussions::MarkdownToHtml(text);  // a refusal costs, too
  return CpuMs() - begun;
}

// The least of a few: what the machine adds, it does not add each time.
double LeastRenderMs(const std::string& text, double above) {
  double least = RenderMs(text);
  for (int again = 0; again < 4 && least > above; ++again) {
    least = std::min(least, RenderMs(text));
  }
  return least;
}

std::string Repeated(const std::string& text, std::size_t size) {
  std::string repeated;
  while (repeated.size() + text.size() <= size) repeated += text;
  return repeated;
}

}  // namespace

int main() {
  const std::string texts{std::istreambuf_iterator<char>(std::cin), {}};
  double worst_ms = 0;
  std::string worst;
  for (std::size_t begin = 0; begin < texts.size();) {
    const std::size_t end = std::min(texts.find('\0', begin), texts.size());
    const std::string text = texts.substr(begin, end - begin);
    begin = end + 1;
    if (text.empty()) continue;
    const double ms = LeastRenderMs(Repeated(text, kLongest), worst_ms);
    if (ms <= worst_ms) continue;
    worst_ms = ms;
    worst = text;
  }
  std::printf("%.3f\n%s\n", worst_ms, worst.c_str());
}
