#include "services/identity/workers/key_rotation.h"

#include <catch2/catch.hpp>
#include <thread>

#include "services/identity/api/identity_fixture.h"
#include "services/identity/domain/key_schedule.h"

namespace guildhall::identity {
namespace {

TEST_CASE("T-08: keys change without a token being refused, and old ones end") {
  TestIdentity world;
  access::TokenVerifier verifier("guildhall", "identity", world.process.own_keys, world.clock);
  Visitor ada = world.Ada();
  const auto mint = [&] {
    return world.process.ring.Current(world.clock.Now())
        ->Mint(ada.caller, "identity", world.clock.Now(), SystemRandom());
  };
  ada.caller.affiliation = Affiliation::kEmployee;
  ada.caller.display_name = "Ada";
  const std::string first_key = world.process.ring.Current(world.clock.Now())->public_key().key_id;
  world.clock.Advance(kKeyPeriod - absl::Seconds(1));
  const std::string old_token = mint();
  world.clock.Advance(absl::Seconds(1));
  // At its time the next key signs, even before a worker has run.
  const std::string new_token = mint();
  CHECK(world.process.ring.Current(world.clock.Now())->public_key().key_id != first_key);
  CHECK(verifier.Verify(old_token).ok());
  CHECK(verifier.Verify(new_token).ok());
  REQUIRE(world.process.rotation.RunOnce(world.clock.Now()).ok());
  CHECK(world.process.ring.PublicKeys().size() == 3);
  CHECK(verifier.Verify(old_token).ok());
  world.clock.Advance(kKeyAfterlife);
  REQUIRE(world.process.rotation.RunOnce(world.clock.Now()).ok());
  CHECK(world.process.ring.PublicKeys().size() == 2);
  CHECK(world.process.own_keys.Find(first_key) == nullptr);
}

TEST_CASE("processes that begin at once share their keys") {
  TestIdentity world;
  world.database.Run("DELETE FROM signing_keys");
  std::vector<std::unique_ptr<TestProcess>> processes;
  for (int i = 0; i < 4; ++i) {
    processes.push_back(std::make_unique<TestProcess>(world.database, world.clock));
  }
  world.database.Run("DELETE FROM signing_keys");
  std::vector<std::thread> starts;
  std::atomic<int> started = 0;
  for (auto& process : processes) {
    starts.emplace_back([&] { started += process->rotation.RunOnce(world.clock.Now()).ok(); });
  }
  for (std::thread& start : starts) start.join();
  CHECK(started == 4);
  CHECK(world.Ask("SELECT count(*) FROM signing_keys") == "2");
  for (auto& process : processes) {
    CHECK(process->ring.PublicKeys() == processes[0]->ring.PublicKeys());
  }
}

TEST_CASE("private keys are sealed, and another master key is told at once") {
  TestIdentity world;
  CHECK(world.Ask("SELECT count(*) FROM signing_keys WHERE length(sealed_private_key) < 100") ==
        "0");
  const MasterKey other = *MasterKey::FromText("HRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgEAHh8");
  KeyRing ring;
  access::KeySet keys;
  KeyRotation rotation(*world.database, other, "guildhall", SystemRandom(), ring, keys);
  CHECK(rotation.RunOnce(world.clock.Now()).code() == absl::StatusCode::kFailedPrecondition);
  CHECK(ring.Current(world.clock.Now()) == nullptr);
}

}  // namespace
}  // namespace guildhall::identity
