#pragma once

// For tests of the hub: subscribers without sockets, facts as the test states them, logs that are
// lists.

#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "guildhall/discussions/v1/discussions_service.pb.h"
#include "libs/http/loop.h"
#include "libs/resources/names.h"
#include "libs/testing/eventually.h"
#include "libs/testing/fake_clock.h"
#include "libs/testing/seeded_random.h"
#include "services/gateway/api/live_hub.h"

namespace guildhall::gateway {

inline Uuid Numbered(int kind, int n) {
  Uuid uuid;
  uuid.bytes[0] = static_cast<std::uint8_t>(kind);
  uuid.bytes[14] = static_cast<std::uint8_t>(n >> 8);
  uuid.bytes[15] = static_cast<std::uint8_t>(n);
  return uuid;
}
inline CommunityId Community(int n) { return CommunityId(Numbered(1, n)); }
inline MemberId Listener(int n) { return MemberId(Numbered(2, n)); }
// Of a listener: all its streams have the same.
inline SessionId Session(int n) { return SessionId(Numbered(4, n)); }

inline std::string Topic(int n) { return resources::Name(TopicId(Numbered(3, n))); }
// A vote in a topic of the first community, which then has `state` for its title.
inline LoadedChange VoteIn(int n, const std::string& state) {
  discussions::v1::Topic topic;
  topic.set_title(state);
  return {.kind = change::v1::KIND_POLL_COUNTED,
          .facts = {Subject::kContent, Community(1)},
          .name = Topic(n),
          .resource = topic.SerializeAsString()};
}

// Employees who are members of the communities that the test says, and of no others; all of these
// are SECRET. Answers at once, later or not at all.
class StatedFacts final : public access::Facts {
 public:
  void SetMember(CommunityId community, bool member) {
    const std::lock_guard lock(mutex_);
    members_[community] = member;
  }
  void EndSession() {
    const std::lock_guard lock(mutex_);
    live_ = false;
  }
  int asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  // From now on questions wait, until Answer().
  void Hold() {
    const std::lock_guard lock(mutex_);
    holds_ = true;
  }
  std::size_t held() {
    const std::lock_guard lock(mutex_);
    return held_.size();
  }
  void Answer(const absl::Status& failure = absl::OkStatus()) {
    std::vector<std::pair<access::Answer, Done>> held;
    {
      const std::lock_guard lock(mutex_);
      holds_ = false;
      held.swap(held_);
    }
    for (auto& [answer, done] : held) {
      done(failure.ok() ? absl::StatusOr<access::Answer>(answer) : failure);
    }
  }

  void Ask(const access::Question& question, Deadline, Done done) override {
    access::Answer answer;
    {
      const std::lock_guard lock(mutex_);
      ++asked_;
      answer = AnswerTo(question);
      if (holds_) return held_.emplace_back(answer, std::move(done)), void();
    }
    done(answer);
  }

 private:
  access::Answer AnswerTo(const access::Question& question) {
    access::Answer answer{.subject = {live_, Affiliation::kEmployee}};
    if (!question.community) return answer;
    const bool member = members_[*question.community];
    answer.community = {.exists = true, .role = member ? Role::kMember : Role::kNone};
    return answer;
  }

  std::mutex mutex_;
  std::map<CommunityId, bool> members_;
  std::vector<std::pair<access::Answer, Done>> held_;  // as it was when it was asked
  int asked_ = 0;
  bool live_ = true;
  bool holds_ = false;
};

// What a subscriber has received, as words: "started", "topics/…" (with a title if it has one),
// "lost".
class FakeConnection final : public http::Exchange {
 public:
  const http::Request& request() const override { return request_; }
  void Send(http::Response) override {}
  void Begin(http::Response) override {}
  void Write(std::span<const http::Chunk> chunks) override {
    const std::lock_guard lock(mutex_);
    for (const http::Chunk& chunk : chunks) Read(chunk.bytes());
  }
  void End() override {}
  std::size_t unsent() const override { return slow ? 1 : 0; }

  std::vector<std::string> heard() {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  // The token under which the n-th word came.
  std::string token(std::size_t n) {
    const std::lock_guard lock(mutex_);
    return tokens_.at(n);
  }
  std::string last_token() {
    const std::lock_guard lock(mutex_);
    return tokens_.back();
  }

  std::atomic<bool> slow = false;

 private:
  void Read(std::string_view bytes) {
    while (!bytes.empty()) {
      std::size_t size = 0;
      for (int i = 1; i < 5; ++i) size = size << 8 | static_cast<unsigned char>(bytes[i]);
      const auto json = nlohmann::json::parse(bytes.substr(5, size));
      bytes.remove_prefix(5 + size);
      if (json.contains("error")) {
        heard_.push_back("end " + json["error"]["details"][0]["debug"].value("reason", "?"));
      } else {
        tokens_.push_back(json["resumeToken"]);
        heard_.push_back(WordOf(json));
      }
    }
  }
  static std::string WordOf(const nlohmann::json& json) {
    if (json.contains("changed")) {
      const auto& changed = json["changed"];
      const std::string name = changed["name"];
      return changed.contains("topic") ? name + " " + changed["topic"].value("title", "") : name;
    }
    if (json.contains("accessGained")) return "gained";
    if (json.contains("accessLost")) return "lost";
    for (const char* name : {"started", "heartbeat", "reset"}) {
      if (json.contains(name)) return name;
    }
    return "?";
  }

  http::Request request_;
  std::mutex mutex_;
  std::vector<std::string> heard_, tokens_;
};

// A subscriber with its connection.
struct Subscriber {
  LiveStreamPtr stream = std::make_shared<LiveStream>();
  std::shared_ptr<FakeConnection> connection = std::make_shared<FakeConnection>();

  std::vector<std::string> heard() { return connection->heard(); }
  bool Hears(const std::vector<std::string>& words) {
    const bool as_said = testing::Eventually([&] { return heard() == words; });
    for (const std::string& word : heard()) UNSCOPED_INFO(word);
    return as_said;
  }
  std::string last_token() { return connection->last_token(); }
};

// Both logs, as lists that any hub may read.
class Logs {
 public:
  LoadedChange Add(Log log, LoadedChange change) {
    const std::lock_guard lock(mutex_);
    auto& changes = changes_[static_cast<std::size_t>(log)];
    change.place = change.told = {changes.size() + 1, 1};
    changes.push_back(change);
    return change;
  }
  // A page of two changes at most.
  LoadedPage Read(Log log, const LogPosition& from) {
    const std::lock_guard lock(mutex_);
    ++reads_;
    LoadedPage page{.end = from};
    for (const LoadedChange& change : changes_[static_cast<std::size_t>(log)]) {
      if (change.place <= from.place) continue;
      page.more = page.changes.size() == 2;
      if (page.more) break;
      page.changes.push_back(change);
      page.end.place = change.place;
    }
    return page;
  }
  int reads() {
    const std::lock_guard lock(mutex_);
    return reads_;
  }

 private:
  std::mutex mutex_;
  std::vector<LoadedChange> changes_[kLogs];
  int reads_ = 0;
};

// A gateway's hub.
struct Hub {
  Hub(Logs& l, StatedFacts& facts, LiveLimits limits = {}) : logs(l) {
    hub = std::make_unique<LiveHub>(
        LiveHub::Parts{.queue = queue,
                       .loop = loop,
                       .read_log =
                           [this](Log log, const LogPosition& from, auto done) {
                             queue.Post([this, log, from, done] { done(logs.Read(log, from)); });
                             return true;
                           },
                       .secret = "what all gateways of the test share",
                       .measures = measures,
                       .random = random,
                       .fresh_callers = fresh_callers,
                       .limits = limits,
                       .clock = clock});
    loop.Start();
    queue.Await([&] {
      hub->UseFacts(facts);
      for (std::size_t i = 0; i < kLogs; ++i) hub->Begin(static_cast<Log>(i), {});
    });
  }
  ~Hub() {
    loop.Stop();
    queue.Await([&] { hub->Close(); });
  }

  Subscriber Subscribe(std::string token = "", int listener = 1) {
    Subscriber subscriber;
    LiveStream& stream = *subscriber.stream;
    stream.protocol = Protocol::kConnectStreamJson;
    stream.caller.member = Listener(listener);
    stream.caller.session = Session(listener);
    stream.resume_token = std::move(token);
    stream.caller_hash = static_cast<std::uint64_t>(listener);
    stream.exchange = subscriber.connection.get();
    kept.push_back(subscriber.connection);
    hub->Join(subscriber.stream);
    return subscriber;
  }
  void Leave(Subscriber& subscriber) {
    loop.Await([&] { subscriber.stream->exchange = nullptr; });
    hub->Leave(subscriber.stream);
  }
  // An owner says that something has changed: of sessions, or of how members stand.
  void Doubt(const feeds::AccessChange& change) {
    queue.Await([&] { hub->OnSessionForgotten(change); });
  }
  void DoubtStandings() {
    queue.Await([this] { hub->OnStandingForgotten(); });
  }
  // The hub has done what it was told, and the loop what the hub told it.
  void Settle() {
    for (int i = 0; i < 3; ++i) {
      queue.Await([] {});
      loop.Await([] {});
    }
    queue.Await([] {});
  }
  void Append(Log log, const LoadedChange& change) {
    queue.Await([&] { hub->Append(log, {.changes = {change}, .end = {{}, change.place}}); });
  }
  // A topic of a community is written and told.
  LoadedChange Write(int n, CommunityId community = Community(1)) {
    const TopicId topic(Numbered(3, n));
    const LoadedChange change =
        logs.Add(Log::kDiscussions, {.kind = change::v1::KIND_TOPIC_CREATED,
                                     .facts = {Subject::kContent, community},
                                     .name = resources::Name(topic)});
    Append(Log::kDiscussions, change);
    return change;
  }
  // Somebody votes in a topic, which then stands as `state` says.
  LoadedChange Vote(int n, const std::string& state) {
    const LoadedChange change = logs.Add(Log::kDiscussions, VoteIn(n, state));
    Append(Log::kDiscussions, change);
    return change;
  }
  // Time passes for what waits.
  void Wait(absl::Duration duration) {
    clock.Advance(duration);
    hub->Tick();
    Settle();
  }
  // A membership of the first listener begins or ends.
  LoadedChange Change(Subject subject, CommunityId community = Community(1)) {
    const LoadedChange change =
        logs.Add(Log::kDirectory, {.kind = change::v1::KIND_MEMBERSHIP_CREATED,
                                   .facts = {subject, community, {}, Listener(1)},
                                   .name = "membership"});
    Append(Log::kDirectory, change);
    return change;
  }

  Logs& logs;
  testing::FakeClock clock;
  testing::SeededRandom random;
  FreshCallers fresh_callers;
  telemetry::Metrics metrics;
  LiveMeasures measures{metrics};
  http::Loop loop;
  std::vector<std::shared_ptr<FakeConnection>> kept;
  rpc::Queue queue;
  std::unique_ptr<LiveHub> hub;
};

}  // namespace guildhall::gateway
