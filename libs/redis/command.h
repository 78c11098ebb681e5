#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"

namespace guildhall::redis {

// One command with its arguments, which may hold any bytes, ready to be sent:
//   Command("SET", key, bytes, "PX", "30000")
class Command {
 public:
  template <std::convertible_to<std::string_view>... Words>
  explicit Command(const Words&... words) {
    (Add(words), ...);
  }

  // One more argument, for commands whose number of them is not known before.
  Command& Add(std::string_view word) {
    absl::StrAppend(&words_, "$", word.size(), "\r\n", Absl(word), "\r\n");
    ++count_;
    return *this;
  }

  void AppendTo(std::string& out) const { absl::StrAppend(&out, "*", count_, "\r\n", words_); }
  std::size_t size_bytes() const { return words_.size(); }

 private:
  std::string words_;
  int count_ = 0;
};

}  // namespace guildhall::redis
