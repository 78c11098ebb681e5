#include "tools/import/post_stream.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <deque>
#include <thread>

namespace guildhall::importing {
namespace {

using discussions::v1::ImportedPost;
using discussions::v1::ImportPostsRequest;
using discussions::v1::ImportPostsResponse;

// A service that answers on a thread of its own, one call after the other.
class Service {
 public:
  explicit Service(int fails_at = -1) : fails_at_(fails_at), thread_([this] { Answer(); }) {}
  ~Service() {
    {
      const std::lock_guard lock(mutex_);
      ends_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

  PostStream::Method method() {
    return [this](const ImportPostsRequest& request, auto done) {
      const std::lock_guard lock(mutex_);
      batches_.push_back(request);
      waiting_.push_back(std::move(done));
      most_under_way_ = std::max(most_under_way_, ++under_way_);
      changed_.notify_one();
    };
  }

  std::vector<ImportPostsRequest> batches() {
    const std::lock_guard lock(mutex_);
    return batches_;
  }
  int most_under_way() {
    const std::lock_guard lock(mutex_);
    return most_under_way_;
  }

 private:
  void Answer() {
    std::unique_lock lock(mutex_);
    for (int call = 0;; ++call) {
      changed_.wait(lock, [&] { return ends_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      auto done = std::move(waiting_.front());
      waiting_.pop_front();
      --under_way_;
      ImportPostsResponse response;
      response.set_created_count(1);
      lock.unlock();
      if (call == fails_at_) {
        done(absl::UnavailableError("away"));
      } else {
        done(response);
      }
      lock.lock();
    }
  }

  const int fails_at_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<ImportPostsRequest> batches_;
  std::deque<std::function<void(absl::StatusOr<ImportPostsResponse>)>> waiting_;
  int under_way_ = 0;
  int most_under_way_ = 0;
  bool ends_ = false;
  std::thread thread_;
};

std::vector<ImportedPost> Topic(const std::string& name, int posts, std::size_t bytes = 10) {
  std::vector<ImportedPost> topic(posts);
  for (int i = 0; i < posts; ++i) {
    topic[i].set_name(name);
    topic[i].set_number(i + 1);
    topic[i].set_markdown(std::string(bytes, 'x'));
  }
  return topic;
}

std::vector<int> Sizes(const std::vector<ImportPostsRequest>& batches) {
  std::vector<int> sizes;
  for (const ImportPostsRequest& batch : batches) sizes.push_back(batch.posts_size());
  return sizes;
}

TEST_CASE("topics are gathered into batches and stay whole") {
  Service service;
  PostStream stream(service.method());
  for (const char* topic : {"a", "b", "c", "d"}) REQUIRE(stream.Add(Topic(topic, 400)).ok());
  REQUIRE(stream.Finish().ok());
  CHECK(Sizes(service.batches()) == std::vector<int>{800, 800});
  CHECK(service.batches()[1].posts(0).name() == "c");
  CHECK(stream.count().sent == 1600);
  CHECK(stream.count().created == 2);
}

TEST_CASE("a topic over the limit of a batch goes in parts, in order") {
  Service service;
  PostStream stream(service.method());
  REQUIRE(stream.Add(Topic("small", 10)).ok());
  REQUIRE(stream.Add(Topic("large", 2300)).ok());
  REQUIRE(stream.Add(Topic("last", 10)).ok());
  REQUIRE(stream.Finish().ok());
  CHECK(Sizes(service.batches()) == std::vector<int>{10, 1000, 1000, 300, 10});
  CHECK(service.batches()[3].posts(0).number() == 2001);
}

TEST_CASE("batches of long posts stay below 4 MiB") {
  Service service;
  PostStream stream(service.method());
  for (int i = 0; i < 10; ++i) REQUIRE(stream.Add(Topic("a", 20, 64 << 10)).ok());
  REQUIRE(stream.Finish().ok());
  for (const ImportPostsRequest& batch : service.batches()) CHECK(batch.ByteSizeLong() <= 4 << 20);
  CHECK(stream.count().sent == 200);
}

TEST_CASE("few batches are under way at once") {
  Service service;
  PostStream stream(service.method());
  for (int i = 0; i < 30; ++i) REQUIRE(stream.Add(Topic("a", 900)).ok());
  REQUIRE(stream.Finish().ok());
  CHECK(service.batches().size() == 30);
  CHECK(service.most_under_way() <= PostStream::kMostUnderWay);
}

TEST_CASE("the first error ends it and is told") {
  Service service(1);
  PostStream stream(service.method());
  absl::Status status;
  for (int i = 0; i < 10 && status.ok(); ++i) status = stream.Add(Topic("a", 900));
  CHECK(status == absl::UnavailableError("away"));
  CHECK(stream.Finish() == status);
  CHECK(service.batches().size() <= 4);
}

TEST_CASE("nothing to send is nothing sent") {
  Service service;
  PostStream stream(service.method());
  CHECK(stream.Finish().ok());
  CHECK(service.batches().empty());
}

}  // namespace
}  // namespace guildhall::importing
