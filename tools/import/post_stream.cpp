#include "tools/import/post_stream.h"

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
  return batch_.posts_size() + topic.size() <= kMostRecords && bytes < kFullBytes;
}

absl::Status PostStream::Add(std::vector<ImportedPost> topic) {
  if (!HasRoomFor(topic)) GUILDHALL_TRY(Send());
  const bool fits = HasRoomFor(topic);
  for (ImportedPost& post : topic) {
    if (batch_.posts_size() == kMostRecords || batch_bytes_ >= kFullBytes) {
      GUILDHALL_TRY(Send());
      // The topic goes on in the next batch.
      GUILDHALL_TRY(WaitUntilUnderWay(0));
    }
    batch_bytes_ += post.ByteSizeLong();
    *batch_.add_posts() = std::move(post);
  }
  return fits ? absl::OkStatus() : Send();
}

absl::Status PostStream::Send() {
  GUILDHALL_TRY(WaitUntilUnderWay(kMostUnderWay - 1));
  if (batch_.posts_size() == 0) return absl::OkStatus();
  {
    const std::lock_guard lock(mutex_);
    ++under_way_;
  }
  const int size = batch_.posts_size();
  method_(batch_, [this, size](const absl::StatusOr<ImportPostsResponse>& response) {
    const std::lock_guard lock(mutex_);
    --under_way_;
    status_.Update(response.status());
    if (response.ok()) {
      count_.sent += size;
      count_.created += response->created_count();
    }
    // Under the lock: the stream may be gone as soon as it is free.
    changed_.notify_one();
  });
  batch_.Clear();
  batch_bytes_ = 0;
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
