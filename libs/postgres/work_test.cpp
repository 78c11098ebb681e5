#include "libs/postgres/work.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <thread>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/postgres/database.h"
#include "libs/testing/test_database.h"

namespace guildhall::postgres {
namespace {

constexpr Migration kSchema[] = {{1, "0001_create_notes", R"sql(
  CREATE TABLE notes (
    id integer PRIMARY KEY,
    body text NOT NULL,
    parent integer CONSTRAINT parent_exists REFERENCES notes,
    CONSTRAINT body_is_short CHECK (length(body) < 10),
    CONSTRAINT one_note_per_body UNIQUE (body) DEFERRABLE INITIALLY IMMEDIATE);
)sql"}};
constexpr Statement kInsert{"insert_note", "INSERT INTO notes (id, body) VALUES ($1, $2)"};
constexpr Statement kInsertChild{"insert_child",
                                 "INSERT INTO notes (id, body, parent) VALUES ($1, 'c', $2)"};
constexpr Statement kCount{"count_notes", "SELECT count(*) FROM notes"};
constexpr Statement kLateCheck{"late_check", "SET CONSTRAINTS one_note_per_body DEFERRED"};

struct Notes : testing::TestDatabase {
  Notes() : TestDatabase({{"notes", kSchema}}) {}
  std::string Count() { return Ask("SELECT count(*) FROM notes"); }
};

TEST_CASE("what a unit did is there when it returned OK and only then") {
  Notes db;
  const auto count =
      db->Transact<std::int64_t>(Context(), [](Work& work) -> absl::StatusOr<std::int64_t> {
        work.Defer(kInsert, 1, "one");
        work.Defer(kInsert, 2, "two");
        GUILDHALL_ASSIGN(const Rows rows, work.Run(kCount));
        work.Defer(kInsert, 3, "three");
        return rows[0].Get<std::int64_t>(0);
      });
  REQUIRE(count.ok());
  CHECK(*count == 2);
  CHECK(db.Count() == "3");

  const absl::Status refused = db->Transact(Context(), [](Work& work) -> absl::Status {
    GUILDHALL_TRY(work.Run(kInsert, 4, "four").status());
    work.Defer(kInsert, 5, "five");
    return absl::NotFoundError("changed my mind");
  });
  CHECK(absl::IsNotFound(refused));
  CHECK(db.Count() == "3");
}

TEST_CASE("a unit that is refused after it deferred something costs no connection") {
  Notes db;
  for (const int id : {1, 1, 2}) {
    const absl::Status refused = db->Transact(Context(), [&](Work& work) -> absl::Status {
      if (id == 2) CHECK(work.Run(kCount).ok());
      work.Defer(kInsert, id, "one");
      work.Defer(kInsert, id, "fails");
      return absl::NotFoundError("changed my mind");
    });
    CHECK(absl::IsNotFound(refused));
  }
  CHECK(db.Count() == "0");
  CHECK(db->write_usage().resting == 1);
  CHECK(db.Ask("SELECT pid FROM pg_stat_activity WHERE state LIKE 'idle in%'").empty());
}

TEST_CASE("a deadline that passes between two statements fails the unit for certain") {
  Notes db;
  // Connecting takes its time on a busy machine: that is not what passes here.
  REQUIRE(db->Transact(Context(), [](Work& work) { return work.Run(kCount).status(); }).ok());
  Context context{.deadline = Deadline::After(absl::Milliseconds(250))};
  const absl::Status late = db->Transact(context, [&](Work& work) -> absl::Status {
    GUILDHALL_TRY(work.Run(kInsert, 1, "one").status());
    while (!context.deadline.Passed()) std::this_thread::yield();
    return absl::OkStatus();
  });
  CHECK(Is(late, policy::reasons::kDeadlinePassed));
  CHECK_FALSE(CommitUnknown(late));
  CHECK(db->write_usage().resting == 1);
  CHECK(db->Read(context, kCount).status() == late);
  CHECK(db.Count() == "0");
}

TEST_CASE("a unit of deferred statements alone is one round trip and commits") {
  Notes db;
  REQUIRE(db->Transact(Context(), [](Work& work) {
              work.Defer(kInsert, 1, "one");
              return absl::OkStatus();
            }).ok());
  CHECK(db.Count() == "1");
  CHECK(db->Transact(Context(), [](Work&) { return absl::OkStatus(); }).ok());
}

TEST_CASE("a deferred statement's error fails the transaction, swallowed or not") {
  Notes db;
  const absl::Status late = db->Transact(Context(), [](Work& work) {
    work.Defer(kInsert, 1, "one");
    work.Defer(kInsert, 1, "again");
    work.Defer(kInsert, 2, "two");
    return absl::OkStatus();
  });
  CHECK(ViolatedConstraint(late) == "notes_pkey");
  CHECK_FALSE(CommitUnknown(late));

  const absl::Status swallowed = db->Transact(Context(), [](Work& work) {
    work.Defer(kInsert, 1, "far too long");
    CHECK(ViolatedConstraint(work.Run(kCount).status()) == "body_is_short");
    CHECK_FALSE(work.Run(kCount).ok());
    return absl::OkStatus();
  });
  CHECK(ViolatedConstraint(swallowed) == "body_is_short");
  CHECK(db.Count() == "0");
  CHECK(db->write_usage().open == 1);
}

TEST_CASE("a violated rule is told by its name") {
  Notes db;
  REQUIRE(db->Write(Context(), kInsert, 1, "one").ok());
  const auto broken = [&](int id, const char* body) {
    return ViolatedConstraint(db->Write(Context(), kInsert, id, body).status());
  };
  CHECK(broken(1, "x") == "notes_pkey");
  CHECK(broken(2, "one") == "one_note_per_body");
  CHECK(broken(2, "far too long") == "body_is_short");
  CHECK(ViolatedConstraint(db->Write(Context(), kInsertChild, 2, 77).status()) == "parent_exists");
  const auto missing = db->Write(Context(), kInsert, 2, std::optional<std::string>());
  CHECK(ViolatedConstraint(missing.status()) == "body");
  CHECK(absl::IsInternal(missing.status()));
  CHECK_FALSE(CommitUnknown(missing.status()));
  CHECK_FALSE(ViolatedConstraint(absl::InternalError("other")));
}

TEST_CASE("a rule that is checked at the commit fails the commit, and that is certain") {
  Notes db;
  REQUIRE(db->Write(Context(), kInsert, 1, "one").ok());
  const absl::Status status = db->Transact(Context(), [](Work& work) {
    work.Defer(kLateCheck);
    return work.Run(kInsert, 2, "one").status();
  });
  CHECK(ViolatedConstraint(status) == "one_note_per_body");
  CHECK_FALSE(CommitUnknown(status));
  CHECK(db.Count() == "1");
  CHECK(db->Write(Context(), kInsert, 2, "two").ok());
}

TEST_CASE("a single write whose rule is checked at its commit fails, and its connection lives") {
  Notes db;
  db.Run(
      "ALTER TABLE notes DROP CONSTRAINT one_note_per_body;"
      "ALTER TABLE notes ADD CONSTRAINT one_note_per_body UNIQUE (body) INITIALLY DEFERRED");
  REQUIRE(db->Write(Context(), kInsert, 1, "one").ok());
  const auto twice = db->Write(Context(), kInsert, 2, "one");
  CHECK(ViolatedConstraint(twice.status()) == "one_note_per_body");
  CHECK_FALSE(CommitUnknown(twice.status()));
  CHECK(db->write_usage().resting == 1);
  CHECK(db->Write(Context(), kInsert, 2, "two").ok());
}

TEST_CASE("a read cannot write") {
  Notes db;
  CHECK_FALSE(db->Read(Context(), kInsert, 1, "one").ok());
  CHECK(db.Count() == "0");
}

TEST_CASE("a statement that is no SQL is an error of ours and costs no connection") {
  Notes db;
  constexpr Statement kWrong{"wrong", "SELEC 1"};
  for (int i = 0; i < 3; ++i) {
    const auto rows = db->Read(Context(), kWrong);
    CHECK(Is(rows.status(), policy::reasons::kInternal));
    CHECK(std::string(rows.status().message()).find("wrong (SQLSTATE 42601)") != std::string::npos);
  }
  CHECK(db->Read(Context(), kCount).ok());
  CHECK(db->read_usage().open == 1);
}

TEST_CASE("an outdated plan costs one refusal, then the new one is used") {
  Notes db;
  constexpr Statement kAll{"all", "SELECT * FROM notes"};
  REQUIRE(db->Read(Context(), kAll).ok());
  db.Run("ALTER TABLE notes ADD COLUMN extra integer");
  CHECK(Is(db->Read(Context(), kAll).status(), policy::reasons::kBusy));
  CHECK(db->Read(Context(), kAll).ok());
  constexpr Statement kUnsupported{"unsupported", "SELECT count(*) FROM notes FOR UPDATE"};
  CHECK(Is(db->Write(Context(), kUnsupported).status(), policy::reasons::kInternal));
}

TEST_CASE("a statement runs by one plan, whatever its parameters") {
  Notes db;
  // By itself PostgreSQL would plan this one anew each time: it knows what a LIMIT saves.
  constexpr Statement kFirst{"first", "SELECT id FROM notes ORDER BY id LIMIT $1"};
  constexpr Statement kPlans{"plans",
                             "SELECT generic_plans, custom_plans FROM pg_prepared_statements "
                             "WHERE statement LIKE '%LIMIT $1'"};
  for (int limit = 1; limit <= 3; ++limit) REQUIRE(db->Read(Context(), kFirst, limit).ok());
  const auto plans = db->Read(Context(), kPlans);
  REQUIRE(plans.ok());
  REQUIRE(plans->size() == 1);
  CHECK((*plans)[0].Get<std::int64_t>(0) == 3);
  CHECK((*plans)[0].Get<std::int64_t>(1) == 0);
}

TEST_CASE("a sampled trace is written into the statement") {
  Notes db;
  constexpr Statement kOwnText{"own_text",
                               "SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()"};
  Context context;
  context.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const auto traced = db->Read(context, kOwnText);
  REQUIRE(traced.ok());
  CHECK((*traced)[0].Get<std::string>(0).find("/*traceparent='00-0af7651916cd43dd8448eb211c80319c-"
                                              "b7ad6b7169203331-01'*/ SELECT") == 0);
  for (const char* other : {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920'*/-01"}) {
    context.traceparent = other;
    const auto plain = db->Read(context, kOwnText);
    REQUIRE(plain.ok());
    CHECK((*plain)[0].Get<std::string>(0).find("SELECT") == 0);
  }
}

}  // namespace
}  // namespace guildhall::postgres
