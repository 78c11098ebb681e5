#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/text.h"

namespace guildhall::demo {

// What is wrong with the files: "file:line: sentence" each.
class Findings {
 public:
  template <typename... Words>
  void Add(const std::string& file, int line, const Words&... words) {
    sentences_.push_back(absl::StrCat(file, ":", line, ": ", words...));
  }

  // Adds what keeps a service from taking the text as it is written.
  void CheckText(const std::string& file, int line, std::string_view field, std::string_view text,
                 const TextRule& rule);

  std::vector<std::string> Take() && { return std::move(sentences_); }

 private:
  std::vector<std::string> sentences_;
};

}  // namespace guildhall::demo
