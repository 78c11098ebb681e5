#include "tools/import/discourse/mention.h"

#include "tools/import/html/characters.h"

namespace guildhall::discourse {
namespace {

// In characters, as Discourse limits names.
constexpr int kMaxName = 60;

bool IsSign(char c) { return c == '_' || c == '-' || c == '.'; }

// Whether the character before `at` leaves no room for a mention. Underscores are marks around it,
// or else go on with a word.
bool FollowsWord(std::string_view line, std::size_t at) {
  const std::size_t before = line.substr(0, at).find_last_not_of('_');
  if (before == std::string_view::npos) return false;
  const std::string_view text = line.substr(0, before + 1);
  return html::IsOfWord(text.substr(html::LastCharacter(text)));
}

}  // namespace

std::string_view MentionAt(std::string_view line, std::size_t at) {
  const std::size_t begin = at + 1;
  std::size_t end = begin;
  for (int length = 0; end < line.size(); ++length) {
    const std::size_t next = html::NextCharacter(line, end);
    if (!IsSign(line[end]) && !html::IsOfWord(line.substr(end, next - end))) break;
    if (length == kMaxName) return {};
    end = next;
  }
  while (end > begin && IsSign(line[end - 1])) --end;
  const std::string_view name = line.substr(begin, end - begin);
  if (name.starts_with('-') || name.starts_with('.') || FollowsWord(line, at)) return {};
  return name;
}

}  // namespace guildhall::discourse
