// What statements about accounts and secrets cost: EXPLAIN's buffers among 20,000 accounts with
// sessions and tokens.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "feeds/migrations.h"
#include "identity/migrations.h"
#include "identity/statements.h"
#include "libs/testing/test_database.h"

namespace guildhall::identity {
namespace {

struct Fixture {
  Fixture() {
    database.Run(R"sql(
      INSERT INTO accounts (id, email, display_name, affiliation, password_hash, pepper_id,
                            create_time, administrator)
      SELECT gen_random_uuid(), n || '@example.org', 'Somebody', 1, 'x', '', now(), n % 1000 = 0
      FROM generate_series(1, 20000) n;
      INSERT INTO sessions (id, account_id, secret_hash, create_time, last_used_time, expire_time,
                            user_agent, place)
      SELECT gen_random_uuid(), id, sha256((id::text || n)::bytea), now(), now(),
             now() + interval '1 day', '', ''
      FROM accounts, generate_series(1, 3) n;
      INSERT INTO access_tokens (id, account_id, secret_hash, display_name, scope, create_time,
                                 expire_time)
      SELECT gen_random_uuid(), id, sha256((id::text || n)::bytea), 'Build', 1 + n % 2, now(),
             now() + interval '1 day'
      FROM accounts, generate_series(1, 2) n;
      INSERT INTO invitations (id, secret_hash, email, creator_id, create_time, expire_time)
      SELECT gen_random_uuid(), sha256(email::bytea), 'x' || email, id,
             now() - interval '1 second' * row_number() OVER (), now() + interval '1 day'
      FROM accounts;
      INSERT INTO one_time_secrets (secret_hash, kind, account_id, create_time, expire_time)
      SELECT sha256(id::text::bytea), 4, id, now(), now() + interval '1 hour' FROM accounts;
      ANALYZE)sql");
  }

  void AddEmailChanges() {
    database.Run(R"sql(
      INSERT INTO email_requests (account_id, id, secret_hash, email, expire_time)
      SELECT id, gen_random_uuid(), sha256(id::text::bytea), 'x' || email,
             now() + interval '1 hour'
      FROM accounts;
      INSERT INTO email_changes (id, account_id, change_time)
      SELECT gen_random_uuid(), id, now() - n * interval '1 day'
      FROM accounts, generate_series(1, 2) n;
      INSERT INTO email_letters (id, kind, email, due_time)
      SELECT gen_random_uuid(), 1, email, now() - interval '1 minute' FROM accounts;
      ANALYZE)sql");
  }

  // The buffers that a statement touches, planned for any parameters.
  int BuffersOf(const postgres::Statement& statement, const std::string& types,
                const std::string& arguments) {
    plan = database.Ask(
        "PREPARE asked(" + types + ") AS " + std::string(statement.text) +
        "; SET plan_cache_mode = force_generic_plan; EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "
        "EXECUTE asked(" +
        arguments + ")");
    UNSCOPED_INFO(plan);
    const nlohmann::json top = nlohmann::json::parse(plan)[0]["Plan"];
    rows = top["Actual Rows"].get<int>();
    return top["Shared Hit Blocks"].get<int>() + top["Shared Read Blocks"].get<int>();
  }
  std::string Id(const std::string& question) { return "'" + database.Ask(question) + "'"; }

  testing::TestDatabase database{{{"feeds", feeds::kMigrations}, {"identity", kMigrations}}};
  // Of the last statement.
  std::string plan;
  int rows = 0;
};

TEST_CASE_METHOD(Fixture, "whether a session or a token lives is a look-up for each") {
  for (const char* table : {"sessions", "access_tokens"}) {
    const std::string id = database.Ask("SELECT id FROM " + std::string(table) + " LIMIT 1");
    CHECK(BuffersOf(sql::kGetSessionFacts, "uuid[], timestamptz, timestamptz",
                    "'{" + id + "}', now(), now() - interval '1 day'") <= 20);
    CHECK(rows == 1);
  }
}

TEST_CASE_METHOD(Fixture,
                 "administrators are found by their index, however many accounts there are") {
  CHECK(BuffersOf(sql::kListAdministrators, "int", "100") <= 30);
  CHECK(rows == 20);
}

TEST_CASE_METHOD(Fixture, "an account's sessions and tokens are found by theirs") {
  const std::string account = Id("SELECT id FROM accounts WHERE email = '17000@example.org'");
  CHECK(BuffersOf(sql::kListAccessTokens, "uuid, timestamptz, int", account + ", now(), 50") <= 15);
  CHECK(rows == 2);
  CHECK(BuffersOf(sql::kListSessionIds, "uuid, timestamptz, timestamptz",
                  account + ", now(), now() - interval '1 day'") <= 10);
  CHECK(rows == 3);
}

TEST_CASE_METHOD(Fixture, "an account's sessions and tokens are ended by their indexes") {
  const std::string account = Id("SELECT id FROM accounts WHERE email = '17000@example.org'");
  CHECK(BuffersOf(sql::kRevokeSessions, "uuid, uuid, timestamptz, timestamptz",
                  account + ", gen_random_uuid(), now(), now() - interval '1 day'") <= 100);
  CHECK(rows == 3);
  CHECK(BuffersOf(sql::kRevokeAccessTokens, "uuid, timestamptz", account + ", now()") <= 80);
  CHECK(rows == 2);
  const std::string other = Id("SELECT id FROM accounts WHERE email = '18000@example.org'");
  CHECK(BuffersOf(sql::kRevokeSurplusSessions, "uuid, timestamptz, timestamptz, int",
                  other + ", now(), now() - interval '1 day', 2") <= 60);
  CHECK(rows == 1);
}

TEST_CASE_METHOD(Fixture, "an account's resets are found by their index") {
  database.Run(
      "INSERT INTO password_resets (secret_hash, account_id, issue_time, use_time) "
      "SELECT secret_hash, account_id, create_time, now() FROM one_time_secrets; ANALYZE");
  CHECK(BuffersOf(sql::kListPasswordResets, "uuid, timestamptz, int",
                  Id("SELECT id FROM accounts WHERE email = '17000@example.org'") +
                      ", now() - interval '1 year', 50") <= 10);
  CHECK(rows == 1);
}

TEST_CASE_METHOD(Fixture, "changes of addresses, requests and letters are found by their indexes") {
  AddEmailChanges();
  const std::string account = Id("SELECT id FROM accounts WHERE email = '17000@example.org'");
  CHECK(BuffersOf(sql::kListEmailChanges, "uuid, timestamptz, int",
                  account + ", now() - interval '1 year', 50") <= 10);
  CHECK(rows == 2);
  CHECK(BuffersOf(sql::kGetEmailRequestFacts, "uuid, text, timestamptz",
                  Id("SELECT id FROM email_requests LIMIT 1") + ", '7@example.org', now()") <= 10);
  CHECK(BuffersOf(sql::kTakeEmailRequest, "uuid, bytea, timestamptz",
                  account + ", sha256(" + account + "::text::bytea), now()") <= 10);
  CHECK(rows == 1);
  CHECK(BuffersOf(sql::kDeleteEmailRequest, "uuid", account) <= 10);
  CHECK(BuffersOf(sql::kClaimEmailLetter, "timestamptz, timestamptz",
                  "now(), now() + interval '1 minute'") <= 30);
  CHECK(rows == 1);
}

TEST_CASE_METHOD(Fixture, "what ran out is forgotten by its index, whatever else there is") {
  AddEmailChanges();
  for (const postgres::Statement& purge :
       {sql::kPurgeSessions, sql::kPurgeAccessTokens, sql::kPurgeInvitations,
        sql::kPurgeOneTimeSecrets, sql::kPurgeEmailRequests, sql::kPurgeEmailChanges,
        sql::kPurgeEmailLetters}) {
    INFO(purge.name);
    // Each row that goes costs its look-ups; all 20,000 to 60,000 would be ten times as many.
    CHECK(BuffersOf(purge, "timestamptz, int", "now() + interval '1 year', 20") <= 100);
    CHECK(plan.find("Seq Scan") == std::string::npos);
  }
}

TEST_CASE_METHOD(Fixture, "a page of invitations reads little more than its rows") {
  CHECK(BuffersOf(sql::kListInvitations, "timestamptz, int", "now(), 30") <= 40);
  CHECK(rows == 30);
}

TEST_CASE_METHOD(Fixture, "a secret is found by its hash") {
  const std::string hash = Id("SELECT secret_hash FROM one_time_secrets LIMIT 1");
  CHECK(BuffersOf(sql::kPeekOneTimeSecret, "bytea, int, timestamptz", hash + ", 4, now()") <= 10);
  CHECK(BuffersOf(sql::kGetInvitedEmail, "bytea, timestamptz",
                  Id("SELECT secret_hash FROM invitations LIMIT 1") + ", now()") <= 10);
  CHECK(BuffersOf(sql::kGetAccessTokenBySecret, "bytea",
                  Id("SELECT secret_hash FROM access_tokens LIMIT 1")) <= 15);
  CHECK(rows == 1);
}

}  // namespace
}  // namespace guildhall::identity
