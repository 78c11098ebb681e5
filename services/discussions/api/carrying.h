#pragma once

#include "libs/base/status_macros.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/carry_store.h"

namespace guildhall::discussions {

// What split and merge share.

// Carries `posts` to the end of `into`, a held topic or one that is new, with what `read` says of
// who has read them, and tells of both topics. What they show of their posts is changed in them and
// not stored yet. Fails with: TOPIC_FULL.
absl::Status CarryInto(Discussions& discussions, const rpc::Call& call, postgres::Work& work,
                       std::span<const PostHead> posts, LockedTopic& from, LockedTopic& into,
                       void (*read)(postgres::Work&, const Carrying&));

}  // namespace guildhall::discussions
