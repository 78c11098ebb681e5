#pragma once

#include <catch2/catch.hpp>
#include <future>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "changelog/migrations.h"
#include "libs/changelog/settled.h"
#include "libs/changelog/source.h"
#include "libs/testing/test_database.h"

// What the tests of this folder share: a log, and writers that come and go in a given order.
namespace guildhall::changelog {

inline const Uuid kTopic = *Uuid::Parse("018bcfe5-687b-7000-8000-000000000001");
inline const Uuid kOther = *Uuid::Parse("018bcfe5-687b-7000-8000-000000000002");
inline constexpr postgres::Statement kTakeXid{"take_xid", "SELECT pg_current_xact_id()"};

inline Change ChangeOf(const Uuid& key, std::int64_t version) {
  return {.kind = 10, .key = key, .resource = key, .version = version};
}

struct TestLog : testing::TestDatabase {
  TestLog() : TestDatabase({{"changelog", kMigrations}}) {}

  static postgres::Context context() { return {.deadline = Deadline::After(absl::Seconds(20))}; }

  void Write(const std::vector<Change>& changes) {
    REQUIRE((*this)
                ->Transact(context(),
                           [&](postgres::Work& work) -> absl::Status {
                             for (const Change& change : changes) Append(work, change);
                             return absl::OkStatus();
                           })
                .ok());
  }
  void Write(const Uuid& key, std::int64_t version) { Write({ChangeOf(key, version)}); }

  Page Read(const Position& from, int limit = kMostEntries) {
    const auto page = ReadSettled(**this, context(), from, limit);
    REQUIRE(page.ok());
    return *page;
  }
  // The log as a source, as another service would see it.
  Source AsSource() {
    return [this](const Position& from, const postgres::Context& context) {
      return ReadSettled(**this, context, from);
    };
  }
  // The position before everything.
  Position Start() { return {Read({}).end.incarnation, {}}; }
};

// A transaction that has taken its xid and stays open until it is told what to append. At most
// three at once: each holds a connection.
class OpenWriter {
 public:
  explicit OpenWriter(TestLog& log) {
    std::promise<void> begun;
    thread_ = std::thread([this, &log, &begun] {
      done_ = log->Transact(TestLog::context(), [&](postgres::Work& work) -> absl::Status {
        const auto xid = work.Run(kTakeXid);
        begun.set_value();
        const std::vector<Change> changes = told_.get_future().get();
        for (const Change& change : changes) Append(work, change);
        return changes.empty() ? absl::AbortedError("nothing to write") : xid.status();
      });
    });
    begun.get_future().wait();
  }
  ~OpenWriter() {
    if (thread_.joinable()) Give({});
  }
  OpenWriter(const OpenWriter&) = delete;
  OpenWriter& operator=(const OpenWriter&) = delete;

  void Commit(const Uuid& key, std::int64_t version) {
    Give({ChangeOf(key, version)});
    REQUIRE(done_.ok());
  }

 private:
  void Give(std::vector<Change> changes) {
    told_.set_value(std::move(changes));
    thread_.join();
  }

  std::promise<std::vector<Change>> told_;
  absl::Status done_;
  std::thread thread_;
};

// The versions of a page's entries, as a test reads them aloud.
inline std::string VersionsOf(const std::vector<Entry>& entries) {
  std::string text;
  for (const Entry& entry : entries) {
    if (!text.empty()) text += ' ';
    text += std::to_string(entry.change.version);
  }
  return text;
}

}  // namespace guildhall::changelog
