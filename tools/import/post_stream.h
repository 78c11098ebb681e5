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

  explicit PostStream(Method method) : method_(std::move(method)) {}
  // Waits for what is under way; what was added since the last full batch is not sent.
  ~PostStream();
  PostStream(const PostStream&) = delete;
  PostStream& operator=(const PostStream&) = delete;

  // Adds all posts of one topic, in order of their numbers. Sends what is full; waits while
  // kMostUnderWay are. Fails with the first error of any batch so far, and sends nothing after it.
  absl::Status Add(std::vector<discussions::v1::ImportedPost> topic);

  // Sends the rest and waits for all answers.
  absl::Status Finish();

  // What has been answered so far.
  Count count() const;

 private:
  bool HasRoomFor(const std::vector<discussions::v1::ImportedPost>& topic) const;
  absl::Status Send();
  absl::Status WaitUntilUnderWay(int most);

  const Method method_;
  discussions::v1::ImportPostsRequest batch_;
  std::size_t batch_bytes_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int under_way_ = 0;  // guarded by mutex_, as what follows
  Count count_;
  absl::Status status_;
};

}  // namespace guildhall::importing
