#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/postgres/context.h"

namespace guildhall::rpc {

// Reads rows for many callers with one statement: what is asked while all lanes are at work goes
// into the next one. There is no timer, so nobody waits for company (measured: 3.7 times the keys
// per second of single reads, and a lower p99).
template <typename Key, typename Row>
class Gatherer {
 public:
  // Reads the rows of `keys`, which may repeat, in their order; nothing where there is no row. Runs
  // on a thread of the gatherer's and ends with the context's deadline. Safe to repeat. Not called
  // for who asked with a deadline that has passed by then: it gets DEADLINE_PASSED.
  using Fetch = std::function<absl::StatusOr<std::vector<std::optional<Row>>>(
      const postgres::Context&, std::span<const Key> keys)>;
  // Gets the row, or null when there is none, on a thread of the gatherer's.
  using Done = std::function<void(absl::StatusOr<std::shared_ptr<const Row>>)>;

  // As many keys as one statement takes: more gain little (measured up to 64) and hold the first
  // ones up.
  static constexpr std::size_t kMostKeys = 256;

  // How long one statement may hold up the next ones. A connection that hangs longer is given up,
  // and the next statement takes another.
  static constexpr absl::Duration kPatience = absl::Seconds(1);

  // When a statement fails for another reason than that the database is away, each of its keys is
  // read alone, so that one that cannot be read fails nobody else. Those reads together hold the
  // next ones up for kPatience, each for this long; whoever is not reached fails as the statement
  // did.
  static constexpr absl::Duration kPatienceAlone = absl::Milliseconds(250);

  // `lanes` statements at a time, each on a thread of its own: two, where what is read is worth
  // decoding beside the next statement.
  explicit Gatherer(Fetch fetch, int lanes = 1) : fetch_(std::move(fetch)) {
    for (int lane = 0; lane < lanes; ++lane) threads_.emplace_back([this] { Run(); });
  }

  // Answers everything that was asked, then ends.
  ~Gatherer() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  // Never waits. The engine's limit on calls bounds how many stand here.
  void Ask(Key key, Deadline deadline, Done done) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back({std::move(key), deadline, std::move(done)});
    }
    changed_.notify_one();
  }

 private:
  struct Question {
    Key key;
    Deadline deadline;
    Done done;
  };

  void Run() {
    std::vector<Question> batch;
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      if (waiting_.size() <= kMostKeys) {
        batch.swap(waiting_);
      } else {
        const auto end = waiting_.begin() + kMostKeys;
        batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
        waiting_.erase(waiting_.begin(), end);
      }
      lock.unlock();
      Serve(batch);
      batch.clear();
      lock.lock();
    }
  }

  void Serve(std::vector<Question>& batch) {
    // Whoever asked them has been told so.
    std::erase_if(batch, [](const Question& question) {
      if (!question.deadline.Passed()) return false;
      question.done(
          Refusal(policy::reasons::kDeadlinePassed, "The deadline passed before it was read."));
      return true;
    });
    if (batch.empty()) return;
    const absl::Status read = Read(batch, kPatience);
    if (read.ok()) return;
    if (batch.size() == 1 || absl::IsUnavailable(read)) {
      for (const Question& question : batch) question.done(read);
    } else {
      ServeAlone(batch, read);
    }
  }

  // One of them may have failed all others: that one fails alone, if it is found in time.
  void ServeAlone(std::span<const Question> batch, const absl::Status& together) {
    const Deadline end = Deadline::After(kPatience);
    for (const Question& question : batch) {
      absl::Status read = together;
      if (!end.Passed()) read = Read({&question, 1}, kPatienceAlone);
      if (!read.ok()) question.done(read);
    }
  }

  // Answers all of them, or none if the read fails.
  absl::Status Read(std::span<const Question> batch, absl::Duration patience) {
    std::vector<Key> keys;
    keys.reserve(batch.size());
    // One who waits longest may still use what comes after the others have gone, but nobody's
    // patience holds up those who ask next.
    Deadline latest = batch.front().deadline;
    for (const Question& question : batch) {
      keys.push_back(question.key);
      if (latest < question.deadline) latest = question.deadline;
    }
    auto rows = fetch_({.deadline = latest.AtMost(patience)}, keys);
    if (!rows.ok()) return rows.status();
    GUILDHALL_CHECK(rows->size() == keys.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      std::optional<Row>& row = (*rows)[i];
      batch[i].done(row ? std::make_shared<const Row>(*std::move(row)) : nullptr);
    }
    return absl::OkStatus();
  }

  const Fetch fetch_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Question> waiting_;  // guarded by mutex_
  bool ending_ = false;            // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace guildhall::rpc
