#pragma once

#include <limits.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "libs/base/check.h"
#include "libs/changelog/consumer.h"
#include "libs/changelog/relay.h"
#include "libs/changelog/settled.h"
#include "libs/testing/process.h"

// Relays and consumers in processes of their own, which die at a given step: this test program
// started again, told by the environment what it is.
namespace guildhall::changelog {

inline constexpr char kPeerVariable[] = "GUILDHALL_CHANGELOG_PEER";
inline constexpr char kPeerCase[] = "a relay or a consumer in a process of its own";

inline constexpr postgres::Statement kApply{"apply",
                                            "INSERT INTO applied (key, key_seq) VALUES ($1, $2)"};
inline constexpr postgres::Statement kNothing{"nothing", "SELECT 1"};
inline constexpr postgres::Statement kStealLease{"steal_lease",
                                                 "UPDATE change_relay SET until = '-infinity'"};

// What a peer is. It ends itself with SIGKILL the `at`th time that it comes to `step`.
struct Peer {
  std::string role;  // "relay" or "consumer"
  std::string step;
  int at = 0;
  std::string producer;  // conninfo of the database with the log
  std::string own;       // conninfo of the consumer's
  std::string redis;     // address

  std::string ToText() const {
    return absl::StrJoin({role, step, std::to_string(at), producer, own, redis}, "|");
  }
  static Peer FromText(const std::string& text) {
    const std::vector<std::string> words = absl::StrSplit(text, '|');
    GUILDHALL_CHECK(words.size() == 6);
    return {words[0], words[1], std::stoi(words[2]), words[3], words[4], words[5]};
  }
};

inline const std::vector<std::string>& StepsOf(const std::string& role) {
  static const std::vector<std::string> relay = {"hold", "find", "read", "publish", "published"};
  static const std::vector<std::string> consumer = {"ask", "asked", "apply", "applied",
                                                    "committed"};
  return role == "relay" ? relay : consumer;
}

// A peer that runs. Killed when it goes.
class PeerProcess {
 public:
  PeerProcess(const Peer& peer, const std::string& log) {
    char self[PATH_MAX] = {};
    GUILDHALL_CHECK(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    child_ =
        testing::Spawn({"/usr/bin/env", kPeerVariable + ("=" + peer.ToText()), self, kPeerCase},
                       {getuid(), getgid()}, log, SIGKILL);
  }
  ~PeerProcess() {
    kill(child_, SIGKILL);
    testing::WaitForEnd(child_);
  }
  PeerProcess(const PeerProcess&) = delete;
  PeerProcess& operator=(const PeerProcess&) = delete;

  // Whether it ended by itself in time.
  bool EndsWithin(absl::Duration wait) const {
    // glibc 2.36 declares pidfd_open for C alone.
    const int handle = static_cast<int>(syscall(SYS_pidfd_open, child_, 0));
    pollfd end{.fd = handle, .events = POLLIN, .revents = 0};
    const int ended = poll(&end, 1, static_cast<int>(absl::ToInt64Milliseconds(wait)));
    close(handle);
    return ended == 1;
  }

 private:
  pid_t child_;
};

// What runs in such a process, until it dies.
class PeerBody {
 public:
  explicit PeerBody(Peer peer)
      : peer_(std::move(peer)), producer_(Open(peer_.producer)), own_(Open(peer_.own)) {
    redis_.address = peer_.redis;
  }
  [[noreturn]] void Run() { peer_.role == "relay" ? RunRelay() : RunConsumer(); }

  Effect MakeEffect() {
    return {.apply = [this](postgres::Work& work,
                            std::span<const Entry> entries) { return Apply(work, entries); },
            // Nothing can come before a consumer that begins with the log.
            .reread = [](const postgres::Context&) -> absl::StatusOr<Effect::Replace> {
              return [](postgres::Work&) { return absl::OkStatus(); };
            }};
  }
  TailParts MakeTail() {
    return {.producer = "test",
            .source =
                [this](const Position& from, const postgres::Context& at) {
                  Pass("ask");
                  auto page = ReadSettled(*producer_, at, from, 100);
                  Pass("asked");
                  return page;
                },
            .redis = redis_,
            .metrics = metrics_};
  }
  postgres::Database& own() { return *own_; }

 private:
  static std::unique_ptr<postgres::Database> Open(const std::string& conninfo) {
    postgres::PostgresSettings settings;
    settings.conninfo = conninfo;
    auto database = postgres::Database::Open(settings);
    GUILDHALL_CHECK(database.ok());
    return *std::move(database);
  }
  static postgres::Context Soon() { return {.deadline = Deadline::After(absl::Seconds(2))}; }

  void Pass(std::string_view step) {
    if (step == peer_.step && ++passed_ == peer_.at) raise(SIGKILL);
  }
  absl::Status Apply(postgres::Work& work, std::span<const Entry> entries) {
    Pass("apply");
    for (const Entry& entry : entries) {
      work.Defer(kApply, entry.change.key, entry.key_seq);
    }
    const auto written = work.Run(kNothing);
    Pass("applied");
    return written.status();
  }
  [[noreturn]] void RunRelay() {
    // Every one believes that the others are dead.
    producer_->Write(Soon(), kStealLease).status().IgnoreError();
    Relay relay({.database = *producer_,
                 .producer = "test",
                 .redis = redis_,
                 .metrics = metrics_,
                 .before = [this](std::string_view step) { Pass(step); }});
    while (true) {
      const auto count = relay.RunOnce(Soon());
      if (count.ok() && *count > 0) Pass("published");
      poll(nullptr, 0, 5);
    }
  }
  [[noreturn]] void RunConsumer() {
    Consumer consumer(*own_, "proof", MakeTail(), MakeEffect());
    while (true) {
      const auto count = consumer.RunOnce({.deadline = Deadline::After(absl::Milliseconds(200))});
      if (count.ok() && *count > 0) Pass("committed");
      // Lags, so that what is taken from the stream is missed.
      poll(nullptr, 0, 30);
    }
  }

  const Peer peer_;
  const std::unique_ptr<postgres::Database> producer_;
  const std::unique_ptr<postgres::Database> own_;
  redis::RedisSettings redis_;
  telemetry::Metrics metrics_;
  int passed_ = 0;
};

}  // namespace guildhall::changelog
