#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

#include "absl/status/status.h"
#include "guildhall/discussions/v1/internal_discussions_service.pb.h"
#include "tools/import/methods.h"
#include "tools/import/writer.h"

namespace guildhall::importing {

// Sends many posts while the caller makes more of them: full batches, a few under way at once.
//
// Batches under way hold different topics: the posts of a topic must arrive in order of their
// numbers, and a service locks the topics of a batch. Memory: the batches under way and the one
// that fills. For one thread.
class PostStream {
 public:
  // As many as keep the service busy while one is answered and made anew.
  static constexpr int kMostUnderWay = 2;

  using Method =
      AsyncMethod<discussions::v1::ImportPostsRequest, discussions::v1::ImportPostsResponse>;

  // Where the source has a post, for who is told what became of it.
  struct Origin {
    std::string key;
    std::string address;
  };

  // What became of a batch.
  struct Answer {
    const discussions::v1::ImportPostsRequest& request;
    const std::vector<Origin>& origins;
    const discussions::v1::ImportPostsResponse& response;
  };

  struct Options {
    // What each batch says beside its posts.
    discussions::v1::ImportPostsRequest form;
    int most_records = 1000;
    // Told of each batch, one after the other, on the thread of its answer; where it fails, the
    // stream has.
    std::function<absl::Status(const Answer&)> on_answer;
    // Adds to a full batch, before it is sent.
    std::function<void(discussions::v1::ImportPostsRequest&)> on_send;
  };

  explicit PostStream(Method method) : method_(std::move(method)) {}
  PostStream(Method method, Options options)
      : method_(std::move(method)), options_(std::move(options)) {}
  // Waits for what is under way; what was added since the last full batch is not sent.
  ~PostStream();
  PostStream(const PostStream&) = delete;
  PostStream& operator=(const PostStream&) = delete;

  // Adds all posts of one topic, in order of their numbers. Sends what is full; waits while
  // kMostUnderWay are. Fails with the first error of any batch so far, and sends nothing after it.
  // `origins`: one for each, or none.
  absl::Status Add(std::vector<discussions::v1::ImportedPost> topic,
                   std::vector<Origin> origins = {});

  // Sends the rest and waits for all answers.
  absl::Status Finish();

  // What has been answered so far.
  Count count() const;

 private:
  bool HasRoomFor(const std::vector<discussions::v1::ImportedPost>& topic) const;
  absl::Status Send();
  absl::Status WaitUntilUnderWay(int most);

  // What is on its way, until it is answered.
  struct Batch {
    discussions::v1::ImportPostsRequest request;
    std::vector<Origin> origins;
  };

  const Method method_;
  const Options options_;
  Batch batch_{options_.form, {}};
  std::size_t batch_bytes_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int under_way_ = 0;  // guarded by mutex_, as what follows
  Count count_;
  absl::Status status_;
};

}  // namespace guildhall::importing
