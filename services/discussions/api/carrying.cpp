#include "services/discussions/api/carrying.h"

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/uuid.h"

namespace guildhall::discussions {

absl::Status CarryInto(Discussions& discussions, const rpc::Call& call, postgres::Work& work,
                       std::span<const PostHead> posts, LockedTopic& from, LockedTopic& into,
                       void (*read)(postgres::Work&, const Carrying&)) {
  Carrying carrying{.from = from.topic.id, .to = into.topic.id, .time = call.now()};
  GUILDHALL_ASSIGN(carrying.posts, Carry(posts, from.topic, into.topic));
  for (std::size_t i = 0; i < posts.size(); ++i) {
    carrying.markers.emplace_back(NewUuidV7(carrying.time, discussions.random));
  }
  into.imported_post_number =
      ImportedAfter(carrying.posts, from.imported_post_number, into.imported_post_number);
  ++from.topic.version;
  ++into.topic.version;
  read(work, carrying);
  CarryPosts(work, carrying);
  AppendChange(work, change::v1::KIND_POSTS_MOVED, from.topic);
  AppendChange(work, change::v1::KIND_POSTS_MOVED, into.topic);
  return absl::OkStatus();
}

}  // namespace guildhall::discussions
