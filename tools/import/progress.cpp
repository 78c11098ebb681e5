#include "tools/import/progress.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace guildhall::importing {
namespace {

constexpr int kBarWidth = 30;

// Of what nobody knows how much it is, a line for so many.
constexpr std::int64_t kUnknownStep = 10'000;

}  // namespace

Progress::Progress(std::FILE* out, bool is_terminal, std::int64_t total, std::string what)
    : out_(out), is_terminal_(is_terminal), total_(total), what_(std::move(what)) {}

Progress::~Progress() {
  if (is_terminal_ && total_ > 0 && shown_ >= 0) std::fputc('\n', out_);
}

void Progress::Show(std::int64_t done) {
  const std::int64_t step =
      total_ <= 0 ? done / kUnknownStep : done * (is_terminal_ ? 100 : 10) / total_;
  if (step == shown_) return;
  shown_ = step;
  if (total_ <= 0) {
    std::fputs(absl::StrCat("   ", done, " ", what_, "\n").c_str(), out_);
    std::fflush(out_);
    return;
  }
  const std::string text = absl::StrCat(done, " of ", total_, " ", what_);
  if (is_terminal_) {
    const auto full = static_cast<std::size_t>(step * kBarWidth / 100);
    const std::string bar = std::string(full, '#') + std::string(kBarWidth - full, '.');
    std::fputs(absl::StrCat("\r   [", bar, "] ", text).c_str(), out_);
  } else {
    std::fputs(absl::StrCat("   ", text, "\n").c_str(), out_);
  }
  std::fflush(out_);
}

}  // namespace guildhall::importing
