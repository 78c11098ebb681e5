#include "services/gateway/api/resume_token.h"

#include <algorithm>
#include <cstring>

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::gateway {
namespace {

std::uint64_t Take(std::string_view& input) {
  std::uint64_t value = 0;
  const std::size_t size = std::min(input.size(), sizeof value);
  std::memcpy(&value, input.data(), size);
  input.remove_prefix(size);
  return value;
}

Place TakePlace(std::string_view& input) {
  const std::uint64_t xid = Take(input);
  return {xid, static_cast<std::int64_t>(Take(input))};
}

// Positions come back as they were; a token that was changed anywhere does not open.
void TakePositions(const ResumeTokens& tokens, std::string_view input) {
  Positions positions;
  positions[Log::kDirectory].place = TakePlace(input);
  positions[Log::kDiscussions].place = TakePlace(input);
  positions[Log::kDiscussions].incarnation.bytes.fill(static_cast<std::uint8_t>(Take(input)));
  positions.votes = TakePlace(input);
  std::string token = tokens.Seal(positions, {7});
  GUILDHALL_CHECK(token.size() == ResumeTokens::kSize && tokens.Open(token) == positions);
  char& changed = token[Take(input) % token.size()];
  changed = changed == 'A' ? 'B' : 'A';
  GUILDHALL_CHECK(!tokens.Open(token));
}

}  // namespace
}  // namespace guildhall::gateway

// A token, or numbers to make one of.
void guildhall::testing::TakeInput(std::string_view input) {
  const gateway::ResumeTokens tokens("a secret that all gateways share ...");
  if (const auto positions = tokens.Open(input))
    GUILDHALL_CHECK(positions->IsComparable(*positions));
  gateway::TakePositions(tokens, input);
}
