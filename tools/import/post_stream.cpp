#include "tools/import/post_stream.h"

#include <memory>
#include <utility>

#include "libs/base/status_macros.h"
#include "tools/import/batch_limits.h"

namespace guildhall::importing {

using discussions::v1::ImportedPost;
using discussions::v1::ImportPostsRequest;
using discussions::v1::ImportPostsResponse;

PostStream::~PostStream() { (void)WaitUntilUnderWay(0); }

Count PostStream::count() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

bool PostStream::HasRoomFor(const std::vector<ImportedPost>& topic) const {
  std::size_t bytes = batch_bytes_;
  for (const ImportedPost& post : topic) bytes += post.ByteSizeLong();
  const std::size_t posts = batch_.request.posts_size() + topic.size();
  return posts <= static_cast<std::size_t>(options_.most_records) && bytes < kFullBytes;
}

absl::Status PostStream::Add(std::vector<ImportedPost> topic, std::vector<Origin> origins) {
  if (!HasRoomFor(topic)) GUILDHALL_TRY(Send());
  const bool fits = HasRoomFor(topic);
  for (std::size_t i = 0; i < topic.size(); ++i) {
    const bool full =
        batch_.request.posts_size() == options_.most_records || batch_bytes_ >= kFullBytes;
    if (full) {
      GUILDHALL_TRY(Send());
      // The topic goes on in the next batch.
      GUILDHALL_TRY(WaitUntilUnderWay(0));
    }
    batch_bytes_ += topic[i].ByteSizeLong();
    *batch_.request.add_posts() = std::move(topic[i]);
    if (i < origins.size()) batch_.origins.push_back(std::move(origins[i]));
  }
  return fits ? absl::OkStatus() : Send();
}

absl::Status PostStream::Send() {
  GUILDHALL_TRY(WaitUntilUnderWay(kMostUnderWay - 1));
  if (batch_.request.posts_size() == 0) return absl::OkStatus();
  {
    const std::lock_guard lock(mutex_);
    ++under_way_;
  }
  const auto batch = std::make_shared<Batch>(std::exchange(batch_, Batch{options_.form, {}}));
  batch_bytes_ = 0;
  const int size = batch->request.posts_size();
  if (options_.on_send) options_.on_send(batch->request);
  method_(batch->request, [this, batch, size](const absl::StatusOr<ImportPostsResponse>& response) {
    const std::lock_guard lock(mutex_);
    --under_way_;
    status_.Update(response.status());
    if (response.ok()) {
      count_.sent += size;
      count_.created += response->created_count();
      if (options_.on_answer) {
        status_.Update(options_.on_answer({batch->request, batch->origins, *response}));
      }
    }
    // Under the lock: the stream may be gone as soon as it is free.
    changed_.notify_one();
  });
  return absl::OkStatus();
}

absl::Status PostStream::WaitUntilUnderWay(int most) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return under_way_ <= most; });
  return status_;
}

absl::Status PostStream::Finish() {
  GUILDHALL_TRY(Send());
  return WaitUntilUnderWay(0);
}

}  // namespace guildhall::importing
