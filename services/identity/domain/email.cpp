#include "services/identity/domain/email.h"

#include <algorithm>
#include <cctype>

#include "absl/strings/ascii.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

constexpr std::size_t kMaxLocalBytes = 64;  // RFC 5321 section 4.5.3.1.1
constexpr std::size_t kMaxLabelBytes = 63;  // RFC 1035 section 2.3.4

// Calls `good` for each part between separators; false when one is empty or not good.
template <typename Good>
bool AllParts(std::string_view text, Good good, int at_least) {
  int parts = 0;
  while (true) {
    const std::size_t end = text.find('.');
    const std::string_view part = text.substr(0, end);
    if (part.empty() || !good(part)) return false;
    ++parts;
    if (end == std::string_view::npos) return parts >= at_least;
    text.remove_prefix(end + 1);
  }
}

bool IsAtom(std::string_view part) {
  return std::all_of(part.begin(), part.end(), [](unsigned char c) {
    return c < 0x80 &&
           (std::isalnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(static_cast<char>(c)) !=
                                   std::string_view::npos);
  });
}

bool IsLabel(std::string_view part) {
  return part.size() <= kMaxLabelBytes && part.front() != '-' && part.back() != '-' &&
         std::all_of(part.begin(), part.end(),
                     [](unsigned char c) { return c < 0x80 && (std::isalnum(c) || c == '-'); });
}

bool LooksLikeEmail(std::string_view text) {
  const std::size_t at = text.find('@');
  if (text.size() > kMaxEmailBytes || at == std::string_view::npos || at > kMaxLocalBytes) {
    return false;
  }
  return AllParts(text.substr(0, at), IsAtom, 1) && AllParts(text.substr(at + 1), IsLabel, 2);
}

}  // namespace

absl::StatusOr<std::string> NormalizeEmail(std::string_view field, std::string_view text) {
  if (!LooksLikeEmail(text)) {
    return Refusal(policy::reasons::kFieldInvalid, "A field is not as it should be.")
        .Field(std::string(field), "takes an address such as ada@example.org, at most 254 bytes");
  }
  return absl::AsciiStrToLower(Absl(text));
}

std::string_view DomainOf(std::string_view email) { return email.substr(email.find('@') + 1); }

Affiliation AffiliationOf(std::string_view email,
                          const std::vector<std::string>& employee_domains) {
  const std::string_view domain = DomainOf(email);
  for (const std::string& own : employee_domains) {
    if (absl::AsciiStrToLower(own) == domain) return Affiliation::kEmployee;
  }
  return Affiliation::kExternal;
}

}  // namespace guildhall::identity
