#include "services/identity/workers/upkeep.h"

#include <catch2/catch.hpp>

#include "services/identity/api/identity_fixture.h"

namespace guildhall::identity {
namespace {

TEST_CASE("sessions are forgotten a month after they ran out, buckets when they are empty") {
  TestIdentity world;
  Visitor ada = world.Ada();
  CHECK_FALSE(world.SignIn(ada, kAdasEmail, kOtherPassword).ok());
  Upkeep upkeep(*world.database);
  REQUIRE(upkeep.RunOnce(world.clock.Now()).ok());
  CHECK(world.Ask("SELECT count(*) FROM sessions") == "1");
  CHECK(world.Ask("SELECT count(*) > 0 FROM throttle_buckets") == "t");
  world.clock.Advance(absl::Hours(24 * 60));
  REQUIRE(upkeep.RunOnce(world.clock.Now()).ok());
  CHECK(world.Ask("SELECT count(*) FROM sessions") == "1");
  CHECK(world.Ask("SELECT count(*) FROM throttle_buckets") == "0");
  world.clock.Advance(absl::Seconds(1));
  REQUIRE(upkeep.RunOnce(world.clock.Now()).ok());
  CHECK(world.Ask("SELECT count(*) FROM sessions") == "0");
}

}  // namespace
}  // namespace guildhall::identity
