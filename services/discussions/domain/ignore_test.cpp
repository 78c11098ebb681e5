#include "services/discussions/domain/ignore.h"

#include <catch2/catch.hpp>

#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::discussions {
namespace {

TEST_CASE("a member ignores others, and not itself") {
  const MemberId ada(Uuid{{1}}), ben(Uuid{{2}});
  CHECK(CheckIgnored("ignored", ada, ben).ok());
  CHECK(CheckIgnored("ignored", ada, ada) == WrongField("ignored", "is somebody else"));
}

TEST_CASE("a member ignores at most five hundred others, and is told so") {
  CHECK(Is(TooManyIgnores(), reasons::kTooManyIgnores));
  CHECK(DetailsOf(TooManyIgnores())->metadata[0].second == "500");
}

}  // namespace
}  // namespace guildhall::discussions
