#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/resources/names.h"
#include "services/discussions/domain/topic.h"
#include "services/discussions/store/time_position.h"

namespace guildhall::discussions {

// What members want to find again. Each function is one statement and fails with: DEPENDENCY_AWAY,
// DEADLINE_PASSED, and where it writes, BUSY.

// A bookmark, and what it shows of its post.
struct Bookmark {
  PostId post;
  absl::Time create_time;
  TopicId topic;
  int post_number = 0;
  MemberId post_author;
  std::string topic_title;
  // Where the topic stands; unset when the post is gone.
  std::optional<CommunityId> community;
};

// Bookmarks a post of the grant's community for its member, who may have it already; nothing when
// the post has gone. Also fails with: TOO_MANY_BOOKMARKS.
absl::StatusOr<std::optional<Bookmark>> InsertBookmark(postgres::Database& database,
                                                       const postgres::Context& context,
                                                       const access::Grant& grant,
                                                       const resources::PostRef& post,
                                                       absl::Time now);

// Takes a bookmark of the grant's member away, if there is one.
absl::Status DeleteBookmark(postgres::Database& database, const postgres::Context& context,
                            const access::Grant& grant, PostId post);

// Up to `count` bookmarks of the grant's member, newest first, wherever their posts stand: which of
// these it may read now is for the caller to ask, before it shows one. One range of an index, and
// some 8 buffers a bookmark.
absl::StatusOr<std::vector<Bookmark>> ListBookmarks(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant,
                                                    const TimePosition& after, int count);

// Those of `posts` that stand in visible communities and that the member of `visible` bookmarked,
// in no order. Some 12 buffers a bookmark.
absl::StatusOr<std::vector<Bookmark>> GetBookmarks(postgres::Database& database,
                                                   const postgres::Context& context,
                                                   const access::VisibleCommunities& visible,
                                                   std::span<const resources::PostRef> posts);

}  // namespace guildhall::discussions
