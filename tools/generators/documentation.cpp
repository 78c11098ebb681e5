#include "tools/generators/documentation.h"

#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "libs/base/strings.h"

namespace guildhall::generators {
namespace {

// Separates at commas that stand in no brackets.
std::vector<std::string> Items(std::string_view list) {
  std::vector<std::string> items(1);
  int depth = 0;
  for (const char c : list) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == ',' && depth == 0) {
      items.emplace_back();
    } else {
      items.back() += c;
    }
  }
  return items;
}

}  // namespace

std::string Joined(const std::string& comment) {
  return absl::StrJoin(absl::StrSplit(comment, absl::ByAnyChar(" \n"), absl::SkipEmpty()), " ");
}

std::string FirstSentence(const std::string& text) {
  const std::size_t end = text.find(". ");
  return end == std::string::npos ? text : text.substr(0, end + 1);
}

std::vector<NamedReason> FailsWith(const google::protobuf::MethodDescriptor& method) {
  constexpr std::string_view kBegin = "Fails with: ";
  const std::string text = Documentation(method);
  const std::size_t begin = text.find(kBegin);
  if (begin == std::string::npos) return {};
  std::vector<NamedReason> reasons;
  for (const std::string& item : Items(std::string_view(text).substr(begin + kBegin.size()))) {
    const absl::string_view named = absl::StripAsciiWhitespace(item);
    const std::size_t end = named.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    NamedReason reason{std::string(named.substr(0, end)), ""};
    if (const std::size_t open = named.find('('); open != absl::string_view::npos) {
      reason.remark = std::string(named.substr(open, named.rfind(')') + 1 - open));
    }
    if (!reason.word.empty()) reasons.push_back(std::move(reason));
  }
  return reasons;
}

}  // namespace guildhall::generators
