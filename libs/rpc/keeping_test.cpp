// Methods whose replies are kept: what a hit costs, and that it never takes the decision's place.
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "libs/rpc/engine_fixture.h"
#include "libs/testing/eventually.h"
#include "libs/testing/fake_clock.h"

namespace guildhall::rpc {
namespace {

// Lets calls in one by one, as the test wants.
class Gate {
 public:
  void Pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void Open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  bool Awaited() {
    const std::lock_guard lock(mutex_);
    return waiting_ > 0;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

// Keeps the replies of Read (a Unary about a topic), Visit's kind and Find (a Lookup).
struct Fixture : EngineFixture {
  explicit Fixture(Deferred later = nullptr) {
    read_later = std::move(later);
    replies.Restart(100, 1);
    replies.Heard(clock.Monotonic(), replies.Note(), 100);
    read = [this](const rpc::Call&, const EngineText&) {
      return Text("read " + std::to_string(++reads));
    };
    keep = [this](Server& server) {
      for (const char* method : {"Read", "Find"}) {
        server.Keep<EngineText>(std::string("guildhall.enginetest.v1.EngineTestService/") + method,
                                {.replies = replies, .subject = [](const EngineText& request) {
                                   const auto topic = resources::ParseTopic("text", request.text());
                                   if (!topic.ok()) return std::optional<cache::Subject>();
                                   return std::optional<cache::Subject>(
                                       {.key = {.id = topic->uuid()}, .tags = {topic->uuid()}});
                                 }});
      }
    };
    Start();
  }

  ~Fixture() { server.reset(); }  // which uses the replies

  Outcome Ask(const std::string& method, TopicId topic = kTopic) {
    return client->Call(Of(method, topic));
  }
  static Request Of(const std::string& method, TopicId topic) {
    return {.method = method,
            .bytes = Text(resources::Name(topic)).SerializeAsString(),
            .metadata = {{"guildhall-token", "ada"}}};
  }

  testing::FakeClock clock;
  cache::Replies replies{{}, metrics, std::nullopt, clock};
  std::atomic<int> reads = 0;
};

TEST_CASE_METHOD(Fixture, "a kept reply is given again without a read, until it is void") {
  CHECK(Ask("Read").reply.text() == "read 1");
  CHECK(Ask("Read").reply.text() == "read 1");
  CHECK(fetches == 1);
  replies.Invalidate({kTopic.uuid()});
  CHECK(Ask("Read").reply.text() == "read 2");
  CHECK(fetches == 2);
}

// Read answers later, from a thread of its own, as what is gathered does.
struct LaterFixture : Fixture {
  LaterFixture()
      : Fixture([this](const rpc::Call&, const EngineText&, Answered answered) {
          threads.emplace_back([this, answered = std::move(answered)] {
            const int number = ++reads;
            if (number == 1) gate.Pass();
            const EngineText reply = Text("read " + std::to_string(number));
            answered(&reply);
          });
        }) {}
  ~LaterFixture() {
    for (std::thread& thread : threads) thread.join();
  }

  Gate gate;
  std::vector<std::thread> threads;  // of the queue's thread
};

TEST_CASE_METHOD(LaterFixture, "replies that come later are kept like others, and read once") {
  Outcome first, second;
  std::thread one([&] { first = Ask("Read"); });
  CHECK(testing::Eventually([&] { return gate.Awaited(); }));
  std::thread two([&] { second = Ask("Read"); });
  CHECK(testing::Eventually(
      [&] { return metrics.Text().find("outcome=\"joined\"} 1") != std::string::npos; }));
  gate.Open();
  one.join();
  two.join();
  CHECK(first.reply.text() == "read 1");
  CHECK(second.reply.text() == "read 1");
  CHECK(Ask("Read").reply.text() == "read 1");
  replies.Invalidate({kTopic.uuid()});
  CHECK(Ask("Read").reply.text() == "read 2");
}

TEST_CASE_METHOD(Fixture, "a kept lookup asks the database nothing") {
  const Outcome first = Ask("Find");
  REQUIRE(first.status.ok());
  CHECK(Ask("Find").reply.text() == first.reply.text());
  CHECK(fetches == 1);
  replies.Invalidate({kTopic.uuid()});
  CHECK(Ask("Find").status.ok());
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(Fixture, "each call is decided about before it gets a kept reply") {
  for (const char* method : {"Read", "Find"}) {
    facts.communities[kOpen].visibility = Visibility::kOpen;
    REQUIRE(Ask(method).status.ok());
    const int asked = facts.asked;
    CHECK(Ask(method).status.ok());
    CHECK(facts.asked == asked + 1);
    facts.communities[kOpen].visibility = Visibility::kSecret;
    CHECK(Is(Ask(method).status, reasons::kNotFound));
    CHECK(Is(Ask(method, kSecretTopic).status, reasons::kNotFound));
  }
  facts.communities[kOpen].visibility = Visibility::kOpen;
  facts.session_live = false;
  CHECK(Is(Ask("Read").status, reasons::kSessionEnded));
}

TEST_CASE_METHOD(Fixture, "a request that is refused is refused before and after one that is not") {
  Request odd = Of("Read", kTopic);
  odd.bytes = Text("nonsense").SerializeAsString();
  const absl::Status before = client->Call(odd).status;
  REQUIRE(Ask("Read").status.ok());
  CHECK(client->Call(odd).status == before);
}

TEST_CASE_METHOD(Fixture, "while the change log is not heard of, every call reads") {
  CHECK(Ask("Read").reply.text() == "read 1");
  clock.Advance(absl::Seconds(1));
  CHECK(Ask("Read").reply.text() == "read 2");
  CHECK(Ask("Read").reply.text() == "read 3");
  replies.Heard(clock.Monotonic(), replies.Note(), 100);
  CHECK(Ask("Read").reply.text() == "read 1");
}

TEST_CASE_METHOD(Fixture, "whoever has just written elsewhere is read for") {
  CHECK(Ask("Read").reply.text() == "read 1");
  Request fresh = Of("Read", kTopic);
  fresh.metadata["guildhall-fresh"] = "1";
  CHECK(client->Call(fresh).reply.text() == "read 2");
  CHECK(Ask("Read").reply.text() == "read 1");
}

TEST_CASE_METHOD(Fixture, "a failure and what a handler marks are not kept") {
  read = [this](const rpc::Call& call, const EngineText&) -> absl::StatusOr<EngineText> {
    if (++reads == 1) return absl::UnavailableError("away");
    if (reads == 2) call.DoNotKeep();
    return Text("read " + std::to_string(reads));
  };
  CHECK_FALSE(Ask("Read").status.ok());
  CHECK(Ask("Read").reply.text() == "read 2");
  CHECK(Ask("Read").reply.text() == "read 3");
  CHECK(Ask("Read").reply.text() == "read 3");
}

TEST_CASE_METHOD(Fixture, "what the reply of a lookup marks is not kept") {
  found = [this](const rpc::Call& call, const Item&) {
    if (++reads == 1) call.DoNotKeep();
    return Text("found " + std::to_string(reads));
  };
  CHECK(Ask("Find").reply.text() == "found 1");
  CHECK(Ask("Find").reply.text() == "found 2");
  CHECK(Ask("Find").reply.text() == "found 2");
}

TEST_CASE_METHOD(Fixture, "whoever waits for a reply that is marked reads itself") {
  Gate gate;
  read = [&](const rpc::Call& call, const EngineText&) {
    const int number = ++reads;
    if (number == 1) {
      gate.Pass();
      call.DoNotKeep();
    }
    return Text("read " + std::to_string(number));
  };
  Outcome first, second;
  std::thread one([&] { first = Ask("Read"); });
  CHECK(testing::Eventually([&] { return gate.Awaited(); }));
  std::thread two([&] { second = Ask("Read"); });
  CHECK(testing::Eventually(
      [&] { return metrics.Text().find("outcome=\"joined\"} 1") != std::string::npos; }));
  gate.Open();
  one.join();
  two.join();
  CHECK(first.reply.text() == "read 1");
  CHECK(second.reply.text() == "read 2");
}

TEST_CASE_METHOD(Fixture,
                 "calls that miss at once read once; one that comes after a change reads anew") {
  Gate gate;
  read = [&](const rpc::Call&, const EngineText&) {
    const int number = ++reads;
    if (number == 1) gate.Pass();
    return Text("read " + std::to_string(number));
  };
  const auto joined = [this] {
    return metrics.Text().find(
               "guildhall_cache_requests_total{method=\"Read\",outcome=\"joined\"} 1") !=
           std::string::npos;
  };
  Outcome first, second;
  std::thread one([&] { first = Ask("Read"); });
  CHECK(testing::Eventually([&] { return gate.Awaited(); }));
  std::thread two([&] { second = Ask("Read"); });
  CHECK(testing::Eventually(joined));
  replies.Invalidate({kTopic.uuid()});
  CHECK(Ask("Read").reply.text() == "read 2");
  gate.Open();
  one.join();
  two.join();
  CHECK(first.reply.text() == "read 1");
  CHECK(second.reply.text() == "read 1");
  CHECK(Ask("Read").reply.text() == "read 2");
}

TEST_CASE_METHOD(Fixture,
                 "when the call that reads is given up, those who wait for it read themselves") {
  Gate gate;
  read = [&](const rpc::Call&, const EngineText&) -> absl::StatusOr<EngineText> {
    if (++reads > 1) return Text("read 2");
    gate.Pass();
    return absl::CancelledError("nobody waits");
  };
  Outcome second;
  std::thread two;
  client->Call(Of("Read", kTopic), [&](grpc::ClientContext& context) {
    CHECK(testing::Eventually([&] { return gate.Awaited(); }));
    two = std::thread([&] { second = Ask("Read"); });
    CHECK(testing::Eventually(
        [&] { return metrics.Text().find("outcome=\"joined\"} 1") != std::string::npos; }));
    context.TryCancel();
  });
  gate.Open();
  two.join();
  CHECK(second.reply.text() == "read 2");
}

}  // namespace
}  // namespace guildhall::rpc
