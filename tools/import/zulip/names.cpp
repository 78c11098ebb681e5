#include "tools/import/zulip/names.h"

#include <algorithm>

namespace guildhall::zulip {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

std::string FittingName(std::string_view text, int max_length) {
  std::string name;
  for (const char c : text) {
    if (!IsContinuation(c) && max_length-- == 0) break;
    name += IsControl(c) ? ' ' : c;
  }
  name.erase(0, std::min(name.find_first_not_of(' '), name.size()));
  name.erase(name.find_last_not_of(' ') + 1);
  return name.empty() ? "Unnamed" : name;
}

}  // namespace guildhall::zulip
