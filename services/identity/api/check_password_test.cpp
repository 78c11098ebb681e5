#include "services/identity/api/check_password.h"

#include <catch2/catch.hpp>
#include <set>
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
  for (int i = 0; i < 10; ++i) CHECK(world.SignIn(ada).ok());
  for (int i = 0; i < 5; ++i) {
    CHECK(Is(world.SignIn(ada, kAdasEmail, kOtherPassword), reasons::kSignInThrottled));
  }
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
  TestProcess second(world.database, world.clock);
  for (int i = 0; i < 5; ++i) {
    world.answering = i % 2 == 0 ? &second.identity : &world.process.identity;
    CHECK(Is(world.SignIn(stranger, kAdasEmail, kOtherPassword), reasons::kCredentialsWrong));
  }
  CHECK(Is(world.SignIn(stranger), reasons::kSignInThrottled));
}

TEST_CASE("right passwords cost nothing, and guessing does not show that there were any") {
  TestIdentity world;
  Visitor ada, stranger{.address = "198.51.100.1"};
  REQUIRE(world.SignUp(ada).ok());
  for (int i = 0; i < 4; ++i) CHECK_FALSE(world.SignIn(stranger, kAdasEmail, kOtherPassword).ok());
  const std::string all =
      "SELECT string_agg(kind || ' ' || level || ' ' || open_from, ', ' "
      "ORDER BY kind, level, open_from) FROM throttle_buckets WHERE level > 0";
  const std::string before = world.Ask(all);
  for (int i = 0; i < 20; ++i) CHECK(world.SignIn(ada).ok());
  CHECK(world.Ask(all) == before);
  CHECK(GuessUntilThrottled(world, stranger, kAdasEmail) == 1);
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
  CHECK(world.Ask("SELECT count(*) FROM throttle_buckets WHERE kind <> 5") == "0");
  CHECK(world.SignIn(ada).ok());
}

// An office that Ada has signed in from. Bob has only from home, and Nobody has no account.
struct Office {
  TestIdentity world;
  Visitor ada = world.Ada(), bob{.address = "203.0.113.9"}, inside{.address = "192.0.2.77"};
  const std::vector<std::string> emails = {kAdasEmail, "bob@example.org", "nobody@example.org"};

  Office() {
    GUILDHALL_CHECK(world.SignUp(bob, emails[1]).ok() && world.SignIn(bob, emails[1]).ok());
    for (const std::string& email : emails)
      world.SignIn(inside, email, kOtherPassword).IgnoreError();
  }

  // Closes the buckets of the kinds whose bits are set, and empties all others.
  void Close(int kinds) {
    const std::string now =
        "to_timestamp(" + std::to_string(absl::ToUnixSeconds(world.clock.Now()));
    const std::string closed = "(" + std::to_string(kinds) + " >> kind & 1)";
    world.database.Run("UPDATE throttle_buckets SET level = 700 * " + closed + ", level_time = " +
                       now + "), open_from = " + now + " + kind * " + closed + ")");
  }

  // What somebody learns who asks for each account with a password that is wrong: the answers, how
  // many hashes each took, and whether what was counted differs.
  std::set<std::string> LearnedByGuessing() {
    std::set<std::string> learned;
    for (const std::string& email : emails) {
      const std::int64_t before = world.process.passwords.hashed();
      const std::string answer = world.SignIn(inside, email, kOtherPassword).ToString();
      const std::int64_t hashed = world.process.passwords.hashed() - before;
      learned.insert(answer + " after hashes: " + std::to_string(hashed));
    }
    const std::string counted = world.Ask(
        "SELECT kind FROM throttle_buckets WHERE kind <= 2 AND level > 0 GROUP BY kind "
        "HAVING count(DISTINCT (level, open_from)) > 1");
    if (!counted.empty()) learned.insert("counts of kind " + counted + " differ");
    return learned;
  }
};

constexpr int Bit(ThrottleKind kind) { return 1 << static_cast<int>(kind); }
constexpr int kOwners = Bit(ThrottleKind::kAccountPlace) | Bit(ThrottleKind::kReserve);
constexpr int kAnybodys = Bit(ThrottleKind::kAccount) | Bit(ThrottleKind::kAccountPlace) |
                          Bit(ThrottleKind::kPlace) | Bit(ThrottleKind::kEverywhere);

// Every set of closed kinds.
std::vector<int> ThrottleStates() {
  std::vector<int> states;
  for (int kinds = 0; kinds <= (kAnybodys | kOwners); ++kinds) {
    if ((kinds & ~(kAnybodys | kOwners)) == 0) states.push_back(kinds);
  }
  return states;
}

TEST_CASE("L-01: in no state of the throttle does a guess tell which accounts there are") {
  Office office;
  REQUIRE(ThrottleStates().size() == 32);
  for (const int closed : ThrottleStates()) {
    office.Close(closed);
    const std::set<std::string> learned = office.LearnedByGuessing();
    INFO("closed: " << closed);
    REQUIRE(learned.size() == 1);
    const bool open = (closed & kAnybodys) == 0;
    CHECK((learned.begin()->find("too many attempts") == std::string::npos) == open);
    const bool hashed = open || (closed & kOwners) == 0;
    CHECK(learned.begin()->ends_with(hashed ? "hashes: 1" : "hashes: 0"));
  }
}

TEST_CASE("L-02: while others have closed the throttle the office's members still sign in") {
  Office office;
  for (const int closed : ThrottleStates()) {
    office.Close(closed);
    const absl::Status status = office.world.SignIn(office.ada);
    INFO("closed: " << closed << ", " << status);
    CHECK(status.ok() == ((closed & kAnybodys) == 0 || (closed & kOwners) == 0));
    CHECK((status.ok() || Is(status, reasons::kSignInThrottled)));
  }
}

TEST_CASE("while the throttle is closed the right password opens no door that it has not opened") {
  Office office;
  for (const int closed : ThrottleStates()) {
    if ((closed & kAnybodys) == 0) continue;
    office.Close(closed);
    INFO("closed: " << closed);
    CHECK(Is(office.world.SignIn(office.inside, office.emails[1]), reasons::kSignInThrottled));
  }
  office.Close(0);
  CHECK(office.world.SignIn(office.inside, office.emails[1]).ok());
}

TEST_CASE("L-06: those who are not heard cannot keep the machine busy") {
  Office office;
  Visitor stranger{.address = "198.51.100.1"};
  const auto asked = [&](Visitor& visitor, int guesses) {
    const std::int64_t before = office.world.process.passwords.hashed();
    for (int i = 0; i < guesses; ++i) {
      const std::string email = "n" + std::to_string(i) + "@example.org";
      office.world.SignIn(visitor, email).IgnoreError();
    }
    return office.world.process.passwords.hashed() - before;
  };
  CHECK(asked(stranger, 60) == 50);
  // Also from an office there is an end to it.
  office.Close(Bit(ThrottleKind::kPlace));
  CHECK(asked(office.inside, 250) == 200);
}

TEST_CASE("buckets tell nobody's address") {
  TestIdentity world;
  Visitor stranger;
  CHECK_FALSE(world.SignIn(stranger, "nobody@example.org").ok());
  CHECK(world.Ask("SELECT count(*) FROM throttle_buckets") == "5");
  CHECK(world.Ask("SELECT count(*) FROM throttle_buckets WHERE length(key) <> 32") == "0");
  CHECK(world.Ask("SELECT count(*) FROM throttle_buckets "
                  "WHERE key = sha256('nobody@example.org')") == "0");
}

}  // namespace
}  // namespace guildhall::identity
