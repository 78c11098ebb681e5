#include "services/gateway/api/resume_token.h"

#include <catch2/catch.hpp>

#include "services/gateway/domain/positions_fixture.h"

namespace guildhall::gateway {
namespace {

TEST_CASE("a resume token comes back as what was sealed, and has one length") {
  const ResumeTokens tokens("a secret that all gateways share ...");
  Positions positions = At(1'000'000'000'000, 7);
  positions[Log::kDiscussions].incarnation.bytes[3] = 0xAB;
  positions.votes = {5, 6};
  const std::string token = tokens.Seal(positions, {1, 2, 3});
  CHECK(token.size() == ResumeTokens::kSize);
  CHECK(tokens.Open(token) == positions);
  CHECK(tokens.Seal(Positions(), {}).size() == ResumeTokens::kSize);
  CHECK(tokens.Seal(positions, {4}) != token);
}

TEST_CASE("a resume token that was changed or sealed elsewhere is none") {
  const ResumeTokens tokens("a secret that all gateways share ...");
  const std::string token = tokens.Seal(At(1, 2), {});
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string other = token;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(tokens.Open(other));
  }
  CHECK_FALSE(tokens.Open(""));
  CHECK_FALSE(tokens.Open(token.substr(1)));
  CHECK_FALSE(ResumeTokens("another secret of another deployment").Open(token));
}

}  // namespace
}  // namespace guildhall::gateway
