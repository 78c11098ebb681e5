// Kept replies hold what the database holds: two processes of discussions over one database, random
// writes through both, and every reply is compared with what had been answered before.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "libs/redis/connection.h"
#include "libs/testing/private_redis.h"
#include "services/discussions/api/served_fixture.h"

namespace guildhall::discussions {
namespace {

constexpr int kTopics = 6;

// What writes were answered, and when: what each later read has to show at least.
class Ledger {
 public:
  // A write through `process` was answered after which `number` stands.
  void Answered(int process, int number) {
    const std::lock_guard lock(mutex_);
    answered_.push_back({SystemClock().Monotonic(), process, number});
  }
  void Begun(int number) {
    const std::lock_guard lock(mutex_);
    begun_ = std::max(begun_, number);
  }
  // The least that a read through `process` which began at `began` may show: what was answered a
  // second before, and what that process has answered.
  int Least(int process, absl::Duration began) const {
    const std::lock_guard lock(mutex_);
    int least = 0;
    for (const Answer& answer : answered_) {
      const bool due =
          answer.at <= began - cache::kOldest || (answer.process == process && answer.at <= began);
      if (due) least = std::max(least, answer.number);
    }
    return least;
  }
  int Most() const {
    const std::lock_guard lock(mutex_);
    return begun_;
  }

 private:
  struct Answer {
    absl::Duration at;
    int process;
    int number;
  };
  mutable std::mutex mutex_;
  std::vector<Answer> answered_;
  int begun_ = 0;
};

// A topic that writers write into: its posts count up, its title and its first post say how often
// they were edited.
struct Watched {
  std::string name;
  std::string first_post;
  std::mutex writing;  // one writer at a time, so that what is answered is in order
  int posts = 1, titles = 0, edits = 0;  // guarded by writing
  Ledger posted, titled, edited;
};

struct Fixture : ApiFixture {
  void Start(const cache::Settings& settings, std::optional<cache::Sharing> sharing = {}) {
    for (auto& process : processes) {
      process =
          std::make_unique<ServedProcess>(database.settings(), facts, random, settings, sharing);
    }
    for (Watched& topic : topics) {
      topic.name = Open(ada, secret, "0").name();
      v1::ListPostsRequest request;
      request.set_parent(topic.name);
      topic.first_post =
          Must(Call<v1::ListPostsResponse>(ada, "ListPosts", request)).posts(0).name();
      topic.posted.Begun(1);
    }
  }

  void Fault(std::string what) {
    const std::lock_guard lock(mutex);
    if (faults.size() < 20) faults.push_back(std::move(what));
  }
  void Check(bool holds, const std::string& what, int shown, int least, int most) {
    ++checked;
    if (!holds) {
      Fault(what + " shows " + std::to_string(shown) + ", not from " + std::to_string(least) +
            " to " + std::to_string(most));
    }
  }
  void Shows(const std::string& what, const Ledger& ledger, int shown, int process,
             absl::Duration began) {
    const int least = ledger.Least(process, began), most = ledger.Most();
    Check(least <= shown && shown <= most, what, shown, least, most);
  }

  // One random write through one of the processes.
  void Write(std::mt19937_64& chance) {
    const int process = static_cast<int>(chance() % 2);
    Watched& topic = topics[chance() % kTopics];
    ServedProcess& through = *processes[process];
    const std::lock_guard lock(topic.writing);
    switch (chance() % 3) {
      case 0: {
        topic.posted.Begun(++topic.posts);
        const auto posted =
            through.Call<v1::Post>(ben, "CreatePost", PostRequest(topic.name, "Rye."));
        if (!posted.ok()) return Fault(posted.status().ToString());
        return topic.posted.Answered(process, posted->number());
      }
      case 1: {
        topic.titled.Begun(++topic.titles);
        v1::UpdateTopicRequest request;
        request.mutable_topic()->set_name(topic.name);
        request.mutable_topic()->set_title(std::to_string(topic.titles));
        request.mutable_update_mask()->add_paths("title");
        request.set_request_id(NewRequestId());
        const auto updated = through.Call<v1::Topic>(ada, "UpdateTopic", request);
        if (!updated.ok()) return Fault(updated.status().ToString());
        return topic.titled.Answered(process, topic.titles);
      }
      default: {
        topic.edited.Begun(++topic.edits);
        v1::UpdatePostRequest request;
        request.mutable_post()->set_name(topic.first_post);
        request.mutable_post()->set_markdown(std::to_string(topic.edits));
        request.mutable_update_mask()->add_paths("markdown");
        request.set_request_id(NewRequestId());
        const auto updated = through.Call<v1::Post>(ada, "UpdatePost", request);
        if (!updated.ok()) return Fault(updated.status().ToString());
        return topic.edited.Answered(process, topic.edits);
      }
    }
  }

  static int NumberIn(const std::string& text) {
    return text.find_first_not_of("0123456789") == std::string::npos && !text.empty()
               ? std::stoi(text)
               : 0;  // "Which flour?", before the first edit
  }

  void CheckTopic(const v1::Topic& shown, int process, absl::Duration began) {
    for (const Watched& topic : topics) {
      if (shown.name() != topic.name) continue;
      Shows("a topic's end", topic.posted, shown.last_post_number(), process, began);
      return Shows("a title", topic.titled, NumberIn(shown.title()), process, began);
    }
    Fault("a topic that is none: " + shown.name());
  }

  // One random read through one of the processes, by a member or by somebody who may not.
  void Read(std::mt19937_64& chance) {
    const int process = static_cast<int>(chance() % 2);
    const Watched& topic = topics[chance() % kTopics];
    const bool stranger = chance() % 8 == 0;
    const MemberId who = stranger ? eve : chance() % 2 == 0 ? ada : ben;
    const absl::Duration began = SystemClock().Monotonic();
    switch (chance() % 4) {
      case 0: {
        v1::GetTopicRequest request;
        request.set_name(topic.name);
        const auto shown = processes[process]->Call<v1::Topic>(who, "GetTopic", request);
        if (!Expected(shown.status(), stranger)) return;
        if (shown->name() != topic.name) Fault("another topic");
        return CheckTopic(*shown, process, began);
      }
      case 1: {
        v1::ListTopicsRequest request;
        request.set_parent(resources::Name(secret));
        request.set_page_size(10);
        const auto shown =
            processes[process]->Call<v1::ListTopicsResponse>(who, "ListTopics", request);
        if (!Expected(shown.status(), stranger)) return;
        if (shown->topics_size() != kTopics) Fault("a list of other length");
        for (const v1::Topic& each : shown->topics()) CheckTopic(each, process, began);
        return;
      }
      case 2: {
        v1::GetPostRequest request;
        request.set_name(topic.first_post);
        const auto shown = processes[process]->Call<v1::Post>(who, "GetPost", request);
        if (!Expected(shown.status(), stranger)) return;
        if (shown->name() != topic.first_post) Fault("another post");
        return Shows("a post", topic.edited, NumberIn(shown->markdown()), process, began);
      }
      default: {
        v1::ListPostsRequest request;
        request.set_parent(topic.name);
        request.set_page_size(100);
        const auto shown =
            processes[process]->Call<v1::ListPostsResponse>(who, "ListPosts", request);
        if (!Expected(shown.status(), stranger)) return;
        if (shown->posts_size() == 0 || shown->posts(0).name() != topic.first_post) {
          return Fault("other posts");
        }
        Shows("a page's first", topic.edited, NumberIn(shown->posts(0).markdown()), process, began);
        if (shown->next_page_token().empty()) {
          Shows("a page's end", topic.posted, shown->posts_size(), process, began);
        }
      }
    }
  }

  // A stranger gets nothing, a member something.
  bool Expected(const absl::Status& status, bool stranger) {
    if (stranger && !Is(status, policy::reasons::kNotFound)) Fault("a stranger was answered");
    if (!stranger && !status.ok()) Fault(status.ToString());
    return !stranger && status.ok();
  }

  // Writers and readers go on for `wanted`, and `meanwhile` is called again and again; what they
  // find wrong stands in `faults`.
  void Run(std::uint64_t seed, absl::Duration wanted, const std::function<void()>& meanwhile) {
    const absl::Duration end = SystemClock().Monotonic() + wanted;
    std::vector<std::thread> threads;
    for (int n = 0; n < 5; ++n) {
      threads.emplace_back([this, end, n, chance = std::mt19937_64(seed * 100 + n)]() mutable {
        while (SystemClock().Monotonic() < end) {
          if (n > 0) {
            Read(chance);
          } else {
            Write(chance);
            for (auto pause = chance() % 20; pause > 0; --pause) Read(chance);
          }
        }
      });
    }
    std::mt19937_64 chance(seed);
    while (SystemClock().Monotonic() < end) {
      if (meanwhile) meanwhile();
      for (int reads = 50; reads > 0; --reads) Read(chance);
    }
    for (std::thread& thread : threads) thread.join();
  }

  std::array<std::unique_ptr<ServedProcess>, 2> processes;
  std::array<Watched, kTopics> topics;
  std::mutex mutex;
  std::vector<std::string> faults;  // guarded by mutex
  std::atomic<int> checked = 0;
};

void CheckReplies(Fixture& fixture, absl::Duration wanted,
                  const std::function<void()>& meanwhile = {}) {
  const std::uint64_t seed = testing::SeedOr(std::random_device()());
  INFO("repeat with GUILDHALL_SEED=" << seed);
  fixture.Run(seed, wanted, meanwhile);
  for (const std::string& fault : fixture.faults) UNSCOPED_INFO(fault);
  CHECK(fixture.faults.empty());
  CHECK(fixture.checked > 200);
}

// From memory alone.
void CheckMemory(Fixture& fixture, absl::Duration wanted) {
  fixture.Start({});
  CheckReplies(fixture, wanted);
  for (const auto& process : fixture.processes) CHECK(process->Count("hit") > 50);
}

// With Redis in every mood: as it is, emptied, standing still, gone, and with the bytes of each
// reply in the place of another's.
void CheckRedis(Fixture& fixture, absl::Duration wanted, Bytes memory) {
  testing::PrivateRedis redis;
  fixture.Start({.bytes = memory}, cache::Sharing{redis.settings(), "test", std::string(32, 'k')});
  int mood = 0;
  bool stopped = false;
  CheckReplies(fixture, wanted, [&] {
    if (stopped) redis.Start();
    stopped = false;
    redis.Resume();
    switch (++mood % 6) {
      case 1:
        return redis.Flush();
      case 2:
        return redis.Pause();
      case 3:
        redis.Stop();
        stopped = true;
        return;
      case 4: {
        auto connection =
            redis::Connection::Open(redis.settings(), Deadline::After(absl::Seconds(20)));
        REQUIRE(connection.ok());
        const auto mixed =
            (*connection)
                ->Ask(redis::Command(
                          "EVAL",
                          "local keys = redis.call('KEYS', '*') "
                          "for i, key in ipairs(keys) do "
                          "redis.call('SET', key, redis.call('GET', keys[i % #keys + 1])) end",
                          "0"),
                      Deadline::After(absl::Seconds(20)));
        REQUIRE(mixed.ok());
      }
    }
  });
  // With memory before it, Redis is asked just after a change, when its entries are outdated.
  const char* const outcome = memory == Bytes{} ? "used" : "hit";
  int given = 0;
  for (const auto& process : fixture.processes) given += process->Count(outcome);
  CHECK(given > 0);
  for (auto& process : fixture.processes) process.reset();  // before their Redis
}

TEST_CASE_METHOD(Fixture, "kept replies are never older than a second, nor somebody else's") {
  CheckMemory(*this, absl::Seconds(3));
}

TEST_CASE_METHOD(Fixture, "kept replies are never older than a second, for a minute", "[.long]") {
  CheckMemory(*this, absl::Minutes(1));
}

TEST_CASE_METHOD(Fixture, "replies in Redis are as fresh, whatever happens to it") {
  CheckRedis(*this, absl::Seconds(3), Bytes{});
}

TEST_CASE_METHOD(Fixture, "replies in Redis are as fresh, for a minute", "[.long]") {
  CheckRedis(*this, absl::Minutes(1), Bytes{});
}

TEST_CASE_METHOD(Fixture, "replies in memory and in Redis are as fresh, for a minute", "[.long]") {
  CheckRedis(*this, absl::Minutes(1), MiB(1));
}

}  // namespace
}  // namespace guildhall::discussions
