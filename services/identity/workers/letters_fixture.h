#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "services/identity/workers/letter_box.h"

namespace guildhall::identity {

// A letter box that a test looks into, and closes.
class LettersInMemory final : public LetterBox {
 public:
  absl::Status Put(const Letter& letter) override {
    if (!open) return absl::UnavailableError("closed");
    letters.push_back(letter);
    if (on_put) on_put();
    return absl::OkStatus();
  }
  bool open = true;
  std::function<void()> on_put;
  std::vector<Letter> letters;
};

// What stands behind a page's address, to the end of the line.
inline std::string SecretAfter(std::string_view page, const Letter& letter) {
  const std::size_t start = letter.text.find(page) + page.size();
  return letter.text.substr(start, letter.text.find('\n', start) - start);
}

}  // namespace guildhall::identity
