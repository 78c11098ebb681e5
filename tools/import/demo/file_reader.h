#pragma once

#include <google/protobuf/stubs/common.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "libs/base/strings.h"
#include "tools/import/demo/organization.h"
#include "tools/import/demo/parts.h"

namespace guildhall::demo {

// Takes facts out of one file and collects what is wrong with them: "file:line: sentence" each.
class FileReader {
 public:
  FileReader(std::string name, std::vector<std::string>& findings)
      : name_(std::move(name)), findings_(findings) {}

  void Find(int line, std::string_view sentence);

  // The value of `key`; the one that holds for the whole file where the list does not name it.
  std::string Due(Facts& facts, int line, std::string_view key, const Facts& of_file = {});

  absl::Time Time(int line, std::string_view text);

  // The number of a post, from 1 on; 0 where there is no `key`.
  int PostNumber(Facts& facts, int line, std::string_view key);

  // `- pinned: yes`, or nothing.
  bool Yes(Facts& facts, int line, std::string_view key);

  // All of "rasmus: I wire the boards."
  std::vector<Note> Notes(Facts& facts, int line, std::string_view key);

  // `parse` is the generated parser of an enum whose values begin with `prefix`.
  template <typename Enum>
  Enum Value(int line, bool (*parse)(google::protobuf::ConstStringParam, Enum*),
             std::string_view prefix, const std::string& text) {
    Enum value{};
    if (!parse(absl::StrCat(Absl(prefix), text), &value) || value == Enum{}) {
      Find(line, absl::StrCat("`", text, "` is no value of ", Absl(prefix), "..."));
    }
    return value;
  }

  void FindLeftovers(const Facts& facts, int line);

  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::vector<std::string>& findings_;
};

}  // namespace guildhall::demo
