#include "services/identity/workers/upkeep.h"

#include <catch2/catch.hpp>

#include "services/identity/api/identity_fixture.h"
#include "services/identity/domain/limits.h"

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

TEST_CASE("letters that nobody sends any more are forgotten, where mail was switched off") {
  TestIdentity world;
  world.Ada();
  world.database.Run(
      "INSERT INTO email_letters (id, kind, email, due_time) "
      "SELECT gen_random_uuid(), 1, email, create_time FROM accounts");
  world.database.Run(
      "INSERT INTO reset_requests (id, email, create_time) "
      "SELECT gen_random_uuid(), email, create_time FROM accounts");
  Upkeep upkeep(*world.database);
  const auto left_after = [&](absl::Duration time) {
    world.clock.Advance(time);
    REQUIRE(upkeep.RunOnce(world.clock.Now()).ok());
    return world.Ask("SELECT count(*) FROM reset_requests") + " " +
           world.Ask("SELECT count(*) FROM email_letters");
  };
  CHECK(left_after(kPasswordResetLife - absl::Minutes(1)) == "1 1");
  CHECK(left_after(absl::Minutes(2)) == "0 1");
  CHECK(left_after(kEmailLettersKept - absl::Hours(2)) == "0 1");
  CHECK(left_after(absl::Hours(1)) == "0 0");
}

}  // namespace
}  // namespace guildhall::identity
