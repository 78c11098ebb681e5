#include "tools/import/discourse/link_target.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/match.h"
#include "libs/base/strings.h"

namespace guildhall::discourse {
namespace {

constexpr std::size_t kMost = 2000;  // of an address, of a title
constexpr std::string_view kBlanks = " \t";

std::size_t BehindBlanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kBlanks, at), text.size());
}

// Up to a blank, or a parenthesis that closes none of its own (CommonMark 0.30 section 6.3).
std::size_t LengthOfDestination(std::string_view text) {
  int open = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (static_cast<unsigned char>(text[at]) <= ' ') return at;
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '(') {
      ++open;
    } else if (text[at] == ')' && open-- == 0) {
      return at;
    }
  }
  return text.size();
}

// Where the title ends that `text` may have at `at`, and what blanks follow; npos: it has no end.
std::size_t BehindTitle(std::string_view text, std::size_t at) {
  const char quote = at < text.size() ? text[at] : '\0';
  if (quote != '"' && quote != '\'' && quote != '(') return at;
  const std::size_t length = text.substr(at, kMost).find(quote == '(' ? ')' : quote, 1);
  return length == std::string_view::npos ? length : BehindBlanks(text, at + length + 1);
}

}  // namespace

std::optional<LinkTarget> LinkTargetAt(std::string_view text) {
  if (!text.starts_with('(')) return std::nullopt;
  const std::size_t begin = BehindBlanks(text, 1);
  const std::string_view rest = text.substr(begin, kMost);
  LinkTarget target;
  std::size_t end = begin;
  if (rest.starts_with('<')) {
    const std::size_t close = rest.find_first_of("<>", 1);
    if (close == std::string_view::npos || rest[close] != '>') return std::nullopt;
    target.address = rest.substr(1, close - 1);
    end += close + 1;
  } else {
    target.address = rest.substr(0, LengthOfDestination(rest));
    end += target.address.size();
    target.length = end;
    if (target.address.size() == kMost) return target;
  }
  const std::size_t behind = BehindBlanks(text, end);
  const std::size_t close = behind == end ? end : BehindTitle(text, behind);
  if (close >= text.size() || text[close] != ')') return std::nullopt;
  target.length = close + 1;
  return target;
}

std::string_view DefinedAddress(std::string_view line) {
  line = line.substr(0, line.find_last_not_of(kBlanks) + 1);
  const std::size_t begin = BehindBlanks(line, 0);
  const std::size_t close = line.find("]:", begin);
  const std::string_view label = line.substr(begin, close - begin);
  // A note at the foot begins so, too: `[^1]: words`.
  if (close == std::string_view::npos || !label.starts_with('[') || label.size() < 2 ||
      label[1] == '^' || label.find_first_of("[]", 1) != std::string_view::npos) {
    return {};
  }
  const std::string_view rest = line.substr(BehindBlanks(line, close + 2));
  const std::size_t length = rest.find_first_of(kBlanks);
  const std::string_view title = rest.substr(BehindBlanks(rest, std::min(length, rest.size())));
  const bool ends =
      title.empty() || std::string_view("\"'(").find(title[0]) != std::string_view::npos;
  std::string_view address = rest.substr(0, length);
  if (address.starts_with('<') && address.ends_with('>')) {
    address = address.substr(1, address.size() - 2);
  }
  return ends ? address.substr(0, kMost) : std::string_view();
}

std::size_t LengthOfBareAddress(std::string_view text) {
  constexpr std::string_view kBeginnings[] = {"https://", "http://", "www."};
  const bool begins =
      std::any_of(std::begin(kBeginnings), std::end(kBeginnings), [&](std::string_view beginning) {
        return absl::StartsWithIgnoreCase(Absl(text), Absl(beginning));
      });
  return begins ? std::min(text.find_first_of(" \t<>[]()\\`\"'"), text.size()) : 0;
}

}  // namespace guildhall::discourse
