#include "services/discussions/domain/address.h"

#include <algorithm>

#include "libs/base/uuid.h"

namespace guildhall::discussions {
namespace {

constexpr std::string_view kSchemes[] = {"https://", "http://", "mailto:"};
// RFC 5321 section 4.5.3.1.
constexpr std::size_t kMaxLocalPart = 64;
constexpr std::size_t kMaxDomain = 255;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlnum(char c) { return (Lower(c) >= 'a' && Lower(c) <= 'z') || IsDigit(c); }
bool IsOneOf(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }
bool IsHostByte(char c) { return IsAlnum(c) || c == '-' || c == '.'; }
bool IsLocalPartByte(char c) { return IsAlnum(c) || IsOneOf(c, "._%+-"); }

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(),
                                                    [](char p, char t) { return p == Lower(t); });
}

// What RFC 3986 lets nobody write as it is, and what could end the attribute.
bool NeedsEncoding(char c) {
  return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F ||
         IsOneOf(c, "\"<>\\^`{|}");
}

// The end of the address that begins at `begin`: white space, < and > end it, then what reads as
// punctuation of the sentence is given back.
std::size_t AddressEnd(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  int open = 0;
  while (end < text.size() && static_cast<unsigned char>(text[end]) > 0x20 &&
         !IsOneOf(text[end], "<>")) {
    open += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
    ++end;
  }
  while (end > begin) {
    const char last = text[end - 1];
    if (last == ')' && open < 0) {
      ++open;
    } else if (!IsOneOf(last, "?!.,:;*_~'\"]")) {
      break;
    }
    --end;
  }
  return end;
}

// Cuts `prefix` and an id off the front.
bool TakeName(std::string_view prefix, std::string_view& rest) {
  constexpr std::size_t kId = 36;
  if (!rest.starts_with(prefix) || !Uuid::Parse(rest.substr(prefix.size(), kId))) return false;
  rest.remove_prefix(prefix.size() + kId);
  return true;
}

bool IsPostNumber(std::string_view text) {
  constexpr std::size_t kMostDigits = 5;
  return !text.empty() && text.size() <= kMostDigits && text.front() != '0' &&
         std::all_of(text.begin(), text.end(), IsDigit);
}

std::optional<BareAddress> UrlAt(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const auto scheme = std::find_if(std::begin(kSchemes), std::begin(kSchemes) + 2,
                                   [&](std::string_view s) { return StartsWith(rest, s); });
  const bool has_scheme = scheme != std::begin(kSchemes) + 2;
  if (!has_scheme && !StartsWith(rest, "www.")) return std::nullopt;
  const std::size_t host = at + (has_scheme ? scheme->size() : 4);
  if (host >= text.size() || !IsAlnum(text[host])) return std::nullopt;
  if (!has_scheme) {
    std::size_t dot = host;
    while (dot < text.size() && IsHostByte(text[dot]) && text[dot] != '.') ++dot;
    if (dot + 1 >= text.size() || text[dot] != '.' || !IsAlnum(text[dot + 1])) return std::nullopt;
  }
  const std::size_t end = AddressEnd(text, host);
  std::string address(has_scheme ? "" : "http://");
  address.append(text, at, end - at);
  return BareAddress{at, end, std::move(address)};
}

std::optional<BareAddress> EmailAround(std::string_view text, std::size_t at, std::size_t from) {
  std::size_t begin = at;
  while (begin > from && at - begin < kMaxLocalPart && IsLocalPartByte(text[begin - 1])) --begin;
  while (begin < at && !IsAlnum(text[begin])) ++begin;
  if (begin == at || (begin > from && IsAlnum(text[begin - 1]))) return std::nullopt;
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= kMaxDomain && IsHostByte(text[end])) {
    if (text[end] == '.' && !IsAlnum(text[end - 1])) return std::nullopt;
    ++end;
  }
  if (end < text.size() && IsHostByte(text[end])) return std::nullopt;
  while (end > at + 1 && !IsAlnum(text[end - 1])) --end;
  const bool has_dot = text.substr(at, end - at).find('.') != std::string_view::npos;
  if (!has_dot || (end < text.size() && IsOneOf(text[end], "@_"))) return std::nullopt;
  std::string address("mailto:");
  address.append(text, begin, end - begin);
  return BareAddress{begin, end, std::move(address)};
}

}  // namespace

std::optional<std::string> AllowedAddress(std::string_view address) {
  const auto scheme = std::find_if(std::begin(kSchemes), std::end(kSchemes),
                                   [&](std::string_view s) { return StartsWith(address, s); });
  if (scheme == std::end(kSchemes) || address.size() == scheme->size() ||
      address.size() > kMaxAddressBytes) {
    return std::nullopt;
  }
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(address.size());
  for (const char c : address) {
    if (NeedsEncoding(c)) {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      encoded += c;
    }
  }
  return encoded;
}

std::optional<std::string> LinkedResource(std::string_view destination) {
  std::string_view rest = destination;
  if (TakeName("communities/", rest)) {
    return rest.empty() ? std::optional(std::string(destination)) : std::nullopt;
  }
  if (!TakeName("topics/", rest)) return std::nullopt;
  constexpr std::string_view kPosts = "/posts/";
  const bool leads = rest.empty() ||
                     (rest.starts_with(kPosts) && IsPostNumber(rest.substr(kPosts.size()))) ||
                     (TakeName(kPosts, rest) && rest.empty());
  return leads ? std::optional(std::string(destination)) : std::nullopt;
}

std::optional<BareAddress> FindBareAddress(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find_first_of("hHwW@", from); at != std::string_view::npos;
       at = text.find_first_of("hHwW@", at + 1)) {
    if (text[at] == '@') {
      if (auto found = EmailAround(text, at, from)) return found;
      continue;
    }
    const bool bounded =
        at == 0 || !(IsAlnum(text[at - 1]) || IsOneOf(text[at - 1], "._%+-/@:#&=?"));
    if (!bounded) continue;
    if (auto found = UrlAt(text, at)) return found;
  }
  return std::nullopt;
}

}  // namespace guildhall::discussions
