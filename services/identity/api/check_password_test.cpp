#include "services/identity/api/check_password.h"

#include <catch2/catch.hpp>
#include <thread>

#include "services/identity/api/identity_fixture.h"

namespace guildhall::identity {
namespace {

// Wrong passwords until the throttle closes; how many there were.
int GuessUntilThrottled(TestIdentity& world, Visitor& visitor, const std::string& email) {
  for (int guesses = 0; guesses < 1000; ++guesses) {
    const absl::Status status = world.SignIn(visitor, email, kOtherPassword);
    if (Is(status, reasons::kSignInThrottled)) return guesses;
    GUILDHALL_CHECK(Is(status, reasons::kCredentialsWrong));
  }
  return 1000;
}

TEST_CASE("guessing at one account is slowed down, from wherever it comes, and the right one too") {
  TestIdentity world;
  Visitor ada, stranger{.address = "198.51.100.1"}, another{.address = "203.0.113.9"};
  REQUIRE(world.SignUp(ada).ok());
  CHECK(GuessUntilThrottled(world, stranger, kAdasEmail) == 5);
  const absl::Status status = world.SignIn(another);
  CHECK(Is(status, reasons::kSignInThrottled));
  const absl::Duration wait = *DetailsOf(status)->retry_after;
  CHECK(wait > absl::ZeroDuration());
  world.clock.Advance(wait);
  CHECK(world.SignIn(another).ok());
}

TEST_CASE("L-01: an address without an account is throttled like any other") {
  TestIdentity world;
  Visitor stranger;
  CHECK(GuessUntilThrottled(world, stranger, "nobody@example.org") == 5);
}

TEST_CASE("L-02: nobody elsewhere can lock an owner out of the place where he signs in") {
  TestIdentity world;
  Visitor ada = world.Ada();
  Visitor stranger{.address = "198.51.100.1"};
  GuessUntilThrottled(world, stranger, kAdasEmail);
  CHECK(world.SignIn(ada).ok());
  CHECK(GuessUntilThrottled(world, ada, kAdasEmail) == 5);
  CHECK(Is(world.SignIn(ada), reasons::kSignInThrottled));
}

TEST_CASE("L-02: a network that tries many accounts is slowed down, in IPv6 by its /56") {
  TestIdentity world;
  int guesses = 0;
  absl::Status status = absl::OkStatus();
  for (; guesses < 100 && !Is(status, reasons::kSignInThrottled); ++guesses) {
    Visitor stuffer{.address = "2001:db8:7:" + std::to_string(guesses % 100) + "::1"};
    status = world.SignIn(stuffer, "n" + std::to_string(guesses) + "@example.org");
  }
  CHECK(guesses == 51);
  Visitor neighbour{.address = "2001:db8:7:100::1"};
  CHECK(Is(world.SignIn(neighbour, "m@example.org"), reasons::kCredentialsWrong));
}

TEST_CASE("L-02: guesses at once are counted as well as guesses in turn") {
  IdentitySettings settings = TestSettings();
  settings.password_waiting = 8;
  TestIdentity world(settings);
  Visitor ada;
  REQUIRE(world.SignUp(ada).ok());
  std::atomic<int> looked_at = 0;
  std::vector<std::thread> guessers;
  for (int i = 0; i < 8; ++i) {
    guessers.emplace_back([&, i] {
      const Claim claim{kAdasEmail, kOtherPassword, std::nullopt, false};
      rpc::CallFacts facts;
      facts.client_address = "198.51.100.1";
      facts.deadline = Deadline::After(absl::Seconds(10));
      facts.clock = &world.clock;
      const auto inside = world.process.passwords.Enter(facts.deadline);
      const auto attempt = CheckPassword(world.process.identity, rpc::Call(facts), *inside, claim);
      looked_at += Is(attempt.status(), reasons::kCredentialsWrong);
    });
  }
  for (std::thread& guesser : guessers) guesser.join();
  CHECK(looked_at == 5);
}

TEST_CASE("two processes count as one") {
  TestIdentity world;
  Visitor ada, stranger{.address = "198.51.100.1"};
  REQUIRE(world.SignUp(ada).ok());
  TestProcess second(*world.database, world.clock);
  for (int i = 0; i < 5; ++i) {
    world.answering = i % 2 == 0 ? &second.identity : &world.process.identity;
    CHECK(Is(world.SignIn(stranger, kAdasEmail, kOtherPassword), reasons::kCredentialsWrong));
  }
  CHECK(Is(world.SignIn(stranger), reasons::kSignInThrottled));
}

TEST_CASE("a right password forgives the wrong ones before it") {
  TestIdentity world;
  Visitor ada;
  REQUIRE(world.SignUp(ada).ok());
  for (int i = 0; i < 4; ++i) CHECK_FALSE(world.SignIn(ada, kAdasEmail, kOtherPassword).ok());
  CHECK(world.SignIn(ada).ok());
  Visitor elsewhere{.address = "198.51.100.1"};
  CHECK(GuessUntilThrottled(world, elsewhere, kAdasEmail) == 5);
}

TEST_CASE("an attempt that the machine was too busy for does not count") {
  IdentitySettings settings = TestSettings();
  settings.password_checks = 1;
  settings.password_waiting = 0;
  TestIdentity world(settings);
  Visitor ada;
  REQUIRE(world.SignUp(ada).ok());
  {
    const auto inside = world.process.passwords.Enter(Deadline());
    CHECK(Is(world.SignIn(ada), reasons::kPasswordChecksBusy));
  }
  CHECK(world.Ask("SELECT count(*) FROM throttle_buckets WHERE kind <= 4") == "0");
  CHECK(world.SignIn(ada).ok());
}

TEST_CASE("buckets tell nobody's address") {
  TestIdentity world;
  Visitor stranger;
  CHECK_FALSE(world.SignIn(stranger, "nobody@example.org").ok());
  CHECK(world.Ask("SELECT count(*) FROM throttle_buckets") == "3");
  CHECK(world.Ask("SELECT count(*) FROM throttle_buckets WHERE length(key) <> 32") == "0");
  CHECK(world.Ask("SELECT count(*) FROM throttle_buckets "
                  "WHERE key = sha256('nobody@example.org')") == "0");
}

}  // namespace
}  // namespace guildhall::identity
