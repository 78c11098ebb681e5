#include "libs/idempotency/once.h"

#include <google/protobuf/wrappers.pb.h>

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "absl/strings/ascii.h"
#include "guildhall/policy/v1/reasons.h"
#include "idempotency/migrations.h"
#include "libs/idempotency/purge.h"
#include "libs/testing/fault_gate.h"
#include "libs/testing/test_database.h"

namespace guildhall::idempotency {
namespace {

namespace reasons = policy::reasons;
using Answer = google::protobuf::StringValue;
constexpr postgres::Statement kAddEffect{"add_effect", "INSERT INTO effects VALUES ($1)"};
constexpr char kId[] = "018bcfe5-687b-7000-8000-000000000001";

struct Fixture {
  Fixture() { database.Run("CREATE TABLE effects (what text)"); }

  postgres::Context context() { return {.deadline = Deadline::After(absl::Seconds(10))}; }
  OnceKey Key(std::uint8_t body = 1) {
    OnceKey key{.caller = MemberId(), .method = "Service/Write", .request_id = kId};
    key.digest.fill(body);
    return key;
  }
  std::string Effects() { return database.Ask("SELECT count(*) FROM effects"); }

  // A unit that leaves an effect and answers `text`.
  auto Unit(std::string text) {
    return [text](postgres::Work& work) -> absl::StatusOr<Answer> {
      work.Defer(kAddEffect, text);
      Answer answer;
      answer.set_value(text);
      return answer;
    };
  }

  testing::TestDatabase database{{{"idempotency", kMigrations}}};
};

TEST_CASE_METHOD(Fixture, "a repeat gets the first answer and has no effect") {
  const auto first = Once<Answer>(*database, context(), Key(), Unit("first"));
  REQUIRE(first.ok());
  const auto repeat = Once<Answer>(*database, context(), Key(), Unit("second"));
  REQUIRE(repeat.ok());
  CHECK(repeat->value() == "first");
  CHECK(Effects() == "1");
}

TEST_CASE_METHOD(Fixture, "a request id with another body is refused") {
  REQUIRE(Once<Answer>(*database, context(), Key(1), Unit("first")).ok());
  const auto other = Once<Answer>(*database, context(), Key(2), Unit("second"));
  CHECK(Is(other.status(), reasons::kRequestIdReused));
  CHECK(Effects() == "1");
}

TEST_CASE_METHOD(Fixture, "callers and methods do not share request ids") {
  REQUIRE(Once<Answer>(*database, context(), Key(), Unit("mine")).ok());
  OnceKey theirs = Key();
  theirs.caller = MemberId(*Uuid::Parse(kId));
  OnceKey elsewhere = Key();
  elsewhere.method = "Service/Other";
  CHECK(Once<Answer>(*database, context(), theirs, Unit("theirs"))->value() == "theirs");
  CHECK(Once<Answer>(*database, context(), elsewhere, Unit("other"))->value() == "other");
}

TEST_CASE_METHOD(Fixture, "a refused request may be repeated") {
  const auto refused = Once<Answer>(
      *database, context(), Key(),
      [](postgres::Work&) -> absl::StatusOr<Answer> { return absl::NotFoundError("gone"); });
  CHECK(refused.status().code() == absl::StatusCode::kNotFound);
  CHECK(Once<Answer>(*database, context(), Key(), Unit("now"))->value() == "now");
}

TEST_CASE_METHOD(Fixture, "a secret is answered once and not stored") {
  const auto first = OnceSecret<Answer>(*database, context(), Key(), Unit("secret"));
  REQUIRE(first.ok());
  const auto repeat = OnceSecret<Answer>(*database, context(), Key(), Unit("secret"));
  CHECK(Is(repeat.status(), reasons::kSecretAlreadyIssued));
  CHECK(database.Ask("SELECT count(*) FROM request_claims WHERE answer IS NULL") == "1");
}

TEST_CASE_METHOD(Fixture, "a request id is a UUID in either case, and not all zero") {
  OnceKey upper = Key();
  const std::string spelt = absl::AsciiStrToUpper(std::string(upper.request_id));
  upper.request_id = spelt;
  CHECK(Once<Answer>(*database, context(), upper, Unit("once")).ok());
  const auto repeat = Once<Answer>(*database, context(), Key(), Unit("twice"));
  REQUIRE(repeat.ok());
  CHECK(repeat->value() == "once");
  for (const char* bad :
       {"", "1", "018bcfe5687b70008000000000000001", "00000000-0000-0000-0000-000000000000"}) {
    OnceKey key = Key();
    key.request_id = bad;
    const auto answer = Once<Answer>(*database, context(), key, Unit("x"));
    CHECK(Is(answer.status(), reasons::kFieldInvalid));
  }
}

TEST_CASE_METHOD(Fixture, "of many at the same time one has the effect and all get its answer") {
  constexpr int kCallers = 64;
  postgres::Database& shared = *database;
  std::vector<absl::StatusOr<Answer>> answers(kCallers, absl::UnknownError("not yet"));
  std::vector<std::thread> threads;
  for (int i = 0; i < kCallers; ++i) {
    threads.emplace_back([&, i] {
      answers[i] = Once<Answer>(shared, context(), Key(), Unit("answer " + std::to_string(i)));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& answer : answers) {
    INFO(answer.status());
    REQUIRE(answer.ok());
    CHECK(answer->value() == answers[0]->value());
  }
  CHECK(Effects() == "1");
}

TEST_CASE_METHOD(Fixture, "a commit whose answer is lost is settled by asking again") {
  testing::FaultGate gate(database.server().folder());
  auto gated = postgres::Database::Open(gate.Through(database.settings()));
  REQUIRE(gated.ok());
  int runs = 0;
  const auto unit = [&](postgres::Work& work) {
    return Unit("run " + std::to_string(++runs))(work);
  };
  gate.LoseAnswerTo("commit_");
  CHECK(Once<Answer>(**gated, context(), Key(), unit)->value() == "run 1");
  CHECK(runs == 1);
  CHECK(Effects() == "1");

  OnceKey next = Key();
  next.method = "Service/Other";
  gate.LoseRequest("commit_");
  CHECK(Once<Answer>(**gated, context(), next, unit)->value() == "run 3");
  CHECK(Effects() == "2");
}

TEST_CASE_METHOD(Fixture, "a secret that was lost on its way is not issued twice") {
  testing::FaultGate gate(database.server().folder());
  auto gated = postgres::Database::Open(gate.Through(database.settings()));
  REQUIRE(gated.ok());
  gate.LoseAnswerTo("commit_");
  const auto lost = OnceSecret<Answer>(**gated, context(), Key(), Unit("secret"));
  CHECK(Is(lost.status(), reasons::kSecretAlreadyIssued));
  CHECK(Effects() == "1");
}

TEST_CASE_METHOD(Fixture, "claims are forgotten after a day and not before") {
  REQUIRE(Once<Answer>(*database, context(), Key(), Unit("old")).ok());
  const absl::Time now = SystemClock().Now();
  CHECK(*PurgeClaims(*database, now + absl::Hours(23)) == 0);
  CHECK(*PurgeClaims(*database, now + absl::Hours(25)) == 1);
  CHECK(*PurgeClaims(*database, now + absl::Hours(25)) == 0);
}

}  // namespace
}  // namespace guildhall::idempotency
