#include "tools/import/discourse/bracket_tag.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "libs/base/strings.h"

namespace guildhall::discourse {
namespace {

bool IsNameByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
}

}  // namespace

BracketTag TagAt(std::string_view text) {
  BracketTag tag;
  const std::size_t end = text.substr(0, kMaxTag).find(']');
  if (!text.starts_with('[') || end == std::string_view::npos) return tag;
  std::string_view inside = text.substr(1, end - 1);
  tag.closes = inside.starts_with('/');
  if (tag.closes) inside.remove_prefix(1);
  const auto length = static_cast<std::size_t>(
      std::find_if_not(inside.begin(), inside.end(), IsNameByte) - inside.begin());
  const std::string_view attributes = inside.substr(length);
  if (!attributes.empty() && attributes[0] != '=' && attributes[0] != ' ') return tag;
  tag.name = inside.substr(0, length);
  tag.attributes = attributes;
  tag.length = end + 1;
  return tag;
}

std::string_view AttributeOf(std::string_view attributes, std::string_view key) {
  std::size_t at = 0;
  if (!key.empty()) {
    at = absl::AsciiStrToLower(Absl(attributes)).find(std::string(" ").append(key).append("="));
  }
  if (at == std::string_view::npos || attributes.empty()) return {};
  std::string_view value = attributes.substr(attributes.find('=', at) + 1);
  const char quote = value.empty() ? '\0' : value[0];
  if (quote == '"' || quote == '\'') {
    value.remove_prefix(1);
    return value.substr(0, value.find(quote));
  }
  return value.substr(0, value.find_first_of(" ]"));
}

}  // namespace guildhall::discourse
