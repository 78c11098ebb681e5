// Answers that come later than their handler, and hold no worker meanwhile.
#include <catch2/catch.hpp>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "libs/rpc/engine_fixture.h"
#include "libs/testing/eventually.h"

namespace guildhall::rpc {
namespace {

using testing::Eventually;

// Long enough that a handler has surely begun.
constexpr absl::Duration kDeadline = absl::Milliseconds(300);

// Answers that wait until the test gives them.
class Waiting {
 public:
  void Add(std::function<void()> answer) {
    const std::lock_guard lock(mutex_);
    answers_.push_back(std::move(answer));
  }
  bool HasSome(std::size_t count) {
    return Eventually([&] {
      const std::lock_guard lock(mutex_);
      return answers_.size() == count;
    });
  }
  // The one that waits longest, from a thread of its own; false when there is none.
  bool GiveOne() {
    std::function<void()> answer;
    {
      const std::lock_guard lock(mutex_);
      if (answers_.empty()) return false;
      answer = std::move(answers_.front());
      answers_.pop_front();
    }
    std::thread(std::move(answer)).join();
    return true;
  }
  void GiveAll() {
    while (GiveOne()) {
    }
  }

 private:
  std::mutex mutex_;
  std::deque<std::function<void()>> answers_;  // guarded by mutex_
};

struct DeferredFixture : EngineFixture {
  DeferredFixture() {
    deferred = [this](const rpc::Call&, const EngineText& request, Answered answered) {
      on_queue = queue.OnThread();
      waiting.Add([request, answered = std::move(answered)] {
        const EngineText reply = Text(request.text() + ", later");
        answered(&reply);
      });
    };
    // Answers "hold" later, refuses "refuse", answers all else at once.
    echo = [this](const rpc::Call& call, const EngineText& request) -> absl::StatusOr<EngineText> {
      if (request.text() == "at once") return request;
      call.AnswerAfter([this](std::function<void()> answer) {
        ++waits;
        waiting.Add(std::move(answer));
      });
      if (request.text() == "refuse") return Refusal(reasons::kNotFound, "There is none.");
      ++effects;
      call.AddReplyMetadata("guildhall-set-session", "opaque");
      return request;
    };
  }
  ~DeferredFixture() {
    waiting.GiveAll();  // a server ends when each is given
    server.reset();
  }

  // A call that goes on by itself.
  std::future<Outcome> Begin(std::string method, std::string text) {
    return std::async(std::launch::async, [this, method, text] {
      return TestClient(server->address())
          .Call({.method = method,
                 .bytes = Text(text).SerializeAsString(),
                 .deadline = absl::InfiniteDuration()});
    });
  }
  absl::Status AtOnce() { return Begin("Echo", "at once").get().status; }
  static bool IsAnswered(const std::future<Outcome>& call) {
    return call.wait_for(std::chrono::milliseconds(50)) == std::future_status::ready;
  }

  std::atomic<bool> on_queue = false;
  std::atomic<int> waits = 0, effects = 0;
  Waiting waiting;
};

TEST_CASE_METHOD(DeferredFixture, "a deferred handler answers later, from another thread") {
  Start();
  auto call = Begin("Quick", "hello");
  REQUIRE(waiting.HasSome(1));
  CHECK(on_queue);
  CHECK_FALSE(IsAnswered(call));
  waiting.GiveOne();
  CHECK(call.get().reply.text() == "hello, later");
}

TEST_CASE_METHOD(DeferredFixture, "deferred calls hold no worker while they wait") {
  Start({.workers = 1, .waiting_calls = 1});
  auto one = Begin("Quick", "one"), two = Begin("Quick", "two"), three = Begin("Quick", "three");
  REQUIRE(waiting.HasSome(3));
  CHECK(AtOnce().ok());
  waiting.GiveAll();
  CHECK(one.get().reply.text() == "one, later");
  CHECK(two.get().reply.text() == "two, later");
  CHECK(three.get().reply.text() == "three, later");
}

TEST_CASE_METHOD(DeferredFixture, "a deferred handler may refuse") {
  deferred = [this](const rpc::Call&, const EngineText&, Answered answered) {
    waiting.Add([answered = std::move(answered)] {
      answered(Refusal(reasons::kNotFound, "There is none."));
    });
  };
  Start();
  auto call = Begin("Quick", "hello");
  REQUIRE(waiting.HasSome(1));
  waiting.GiveOne();
  CHECK(Is(call.get().status, reasons::kNotFound));
}

TEST_CASE_METHOD(DeferredFixture, "a deferred handler that answers nothing ends at the deadline") {
  Start({.default_deadline = kDeadline});
  const absl::Time began = absl::Now();
  auto call = Begin("Quick", "hello");
  CHECK(Is(call.get().status, reasons::kDeadlinePassed));
  CHECK(absl::Now() - began >= kDeadline);
  // Its late answer goes nowhere and harms nobody.
  REQUIRE(waiting.HasSome(1));
  waiting.GiveOne();
  CHECK(AtOnce().ok());
  auto next = Begin("Quick", "next");
  REQUIRE(waiting.HasSome(1));
  waiting.GiveOne();
  CHECK(next.get().reply.text() == "next, later");
}

TEST_CASE_METHOD(DeferredFixture, "a reply that is held back goes out when the wait is over") {
  Start();
  auto call = Begin("Echo", "hold");
  REQUIRE(waiting.HasSome(1));
  CHECK(effects == 1);
  CHECK_FALSE(IsAnswered(call));
  waiting.GiveOne();
  const Outcome outcome = call.get();
  CHECK(outcome.reply.text() == "hold");
  CHECK(outcome.metadata.find("guildhall-set-session")->second == "opaque");
}

TEST_CASE_METHOD(DeferredFixture, "a wait that is over at once holds nothing back") {
  echo = [](const rpc::Call& call, const EngineText& request) {
    call.AnswerAfter([](const std::function<void()>& answer) { answer(); });
    return request;
  };
  Start();
  CHECK(client->Call({}).reply.text() == "hello");
}

TEST_CASE_METHOD(DeferredFixture, "replies that are held back hold no worker") {
  Start({.workers = 1, .waiting_calls = 3});
  auto one = Begin("Echo", "one"), two = Begin("Echo", "two");
  REQUIRE(waiting.HasSome(2));
  CHECK(AtOnce().ok());
  waiting.GiveAll();
  CHECK(one.get().reply.text() == "one");
  CHECK(two.get().reply.text() == "two");
}

TEST_CASE_METHOD(DeferredFixture, "a refusal is not held back") {
  Start();
  CHECK(Is(Begin("Echo", "refuse").get().status, reasons::kNotFound));
  CHECK(waits == 0);
}

TEST_CASE_METHOD(DeferredFixture, "a deadline that passes while a reply is held back is told") {
  Start({.default_deadline = kDeadline});
  auto call = Begin("Echo", "hold");
  CHECK(Is(call.get().status, reasons::kDeadlinePassed));
  // The effect stands: the caller repeats the call to learn of it.
  CHECK(effects == 1);
  REQUIRE(waiting.HasSome(1));
  waiting.GiveOne();
  CHECK(AtOnce().ok());
}

}  // namespace
}  // namespace guildhall::rpc
