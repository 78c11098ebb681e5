// Two months of upkeep: a day is a moment here.
#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/identity/api/identity_fixture.h"
#include "services/identity/workers/upkeep.h"

namespace guildhall::identity {
namespace {

// What comes on a day: a session that lives 14 days and a token that does for 30, and what is gone
// on the next one. Each 40 times.
constexpr int kOfADay = 40;
constexpr const char* kDay = R"sql(
  INSERT INTO sessions (id, account_id, secret_hash, create_time, last_used_time, expire_time,
                        user_agent, place)
  SELECT gen_random_uuid(), account.id, sha256(gen_random_uuid()::text::bytea), $now, $now,
         $now + interval '14 days', '', ''
  FROM accounts account, generate_series(1, $count);
  INSERT INTO access_tokens (id, account_id, secret_hash, display_name, scope, create_time,
                             expire_time)
  SELECT gen_random_uuid(), account.id, sha256(gen_random_uuid()::text::bytea), '', 1, $now,
         $now + interval '30 days'
  FROM accounts account, generate_series(1, $count);
  INSERT INTO one_time_secrets (secret_hash, kind, account_id, create_time, expire_time)
  SELECT sha256(gen_random_uuid()::text::bytea), 2, account.id, $now, $now + interval '1 hour'
  FROM accounts account, generate_series(1, $count);
  INSERT INTO reset_requests (id, email, create_time)
  SELECT gen_random_uuid(), email, $now FROM accounts, generate_series(1, $count);
  INSERT INTO email_letters (id, kind, email, due_time)
  SELECT gen_random_uuid(), 1, email, $now FROM accounts, generate_series(1, $count);
  INSERT INTO throttle_buckets (kind, key, level, level_time, open_from)
  SELECT 1, sha256(gen_random_uuid()::text::bytea), 1, $now, $now
  FROM generate_series(1, $count);
  INSERT INTO request_claims (request_id, caller, method, digest, create_time)
  SELECT gen_random_uuid(), gen_random_uuid(), 'SignOut', 'digest', $now
  FROM generate_series(1, $count);)sql";

struct Month : TestIdentity {
  Month() { Ada(); }

  void Day() {
    clock.Advance(absl::Hours(24));
    REQUIRE(upkeep.RunOnce(clock.Now()).ok());
    const std::string now = absl::StrCat("'", absl::FormatTime(clock.Now()), "'::timestamptz");
    database.Run(absl::StrReplaceAll(kDay, {{"$now", now}, {"$count", std::to_string(kOfADay)}}));
  }
  // Rows by table, in days' worth.
  std::string Held() {
    std::string held;
    for (const char* table : {"sessions", "access_tokens", "one_time_secrets", "reset_requests",
                              "email_letters", "throttle_buckets", "request_claims"}) {
      const int rows = std::stoi(Ask(absl::StrCat("SELECT count(*) FROM ", table)));
      absl::StrAppend(&held, rows / kOfADay, " ");
    }
    return held;
  }
  int Pages() {
    return std::stoi(
        Ask("SELECT sum(pg_relation_size(oid)) / 8192 FROM pg_class WHERE relkind = "
            "'r' AND relnamespace = 'public'::regnamespace"));
  }

  Upkeep upkeep{*database};
};

TEST_CASE_METHOD(Month,
                 "what has ended goes in its time, and two months take no more room than one") {
  int pages = 0;
  for (int day = 1; day <= 80; ++day) {
    Day();
    if (day % 7 == 0) database.Run("VACUUM");
    if (day == 40) {
      // Nothing that is to stay has gone: no session nor token has run out a month ago.
      CHECK(Held() == "40 40 1 1 8 1 2 ");
    }
    if (day == 66) pages = Pages();
  }
  // 14 days and 30, 30 and 30, and for each the day that has just come; letters stay for 7 days,
  // answers for one.
  CHECK(Held() == "45 61 1 1 8 1 2 ");
  CHECK(Pages() <= pages + pages / 10);
}

}  // namespace
}  // namespace guildhall::identity
