#include "services/discussions/store/bookmark_store.h"

#include "absl/strings/str_cat.h"
#include "discussions/statements.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

absl::StatusOr<std::vector<Bookmark>> BookmarksFrom(const absl::StatusOr<postgres::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  std::vector<Bookmark> bookmarks;
  for (const postgres::Row row : *rows) {
    Bookmark bookmark{.post = row.Get<PostId>(0), .create_time = row.Get<absl::Time>(1)};
    bookmark.community = row.Get<std::optional<CommunityId>>(6);
    if (bookmark.community) {
      bookmark.topic = row.Get<TopicId>(2);
      bookmark.post_number = row.Get<std::int32_t>(3);
      bookmark.post_author = row.Get<MemberId>(4);
      bookmark.topic_title = row.Get<std::string>(5);
    }
    bookmarks.push_back(std::move(bookmark));
  }
  return bookmarks;
}

}  // namespace

absl::StatusOr<std::optional<Bookmark>> InsertBookmark(postgres::Database& database,
                                                       const postgres::Context& context,
                                                       const access::Grant& grant,
                                                       const resources::PostRef& post,
                                                       absl::Time now) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kInsertBookmark, grant.member(), *grant.community(),
                                  post.topic, *post.post, now, std::int32_t{kMaxBookmarks}));
  if (rows.empty()) return std::nullopt;
  if (!rows[0].Get<bool>(0)) {
    return Refusal(reasons::kTooManyBookmarks, "A member has room for no more bookmarks.")
        .With("limit", absl::StrCat(kMaxBookmarks));
  }
  return Bookmark{.post = *post.post,
                  .create_time = rows[0].Get<absl::Time>(1),
                  .topic = post.topic,
                  .post_number = rows[0].Get<std::int32_t>(2),
                  .post_author = rows[0].Get<MemberId>(4),
                  .topic_title = rows[0].Get<std::string>(3),
                  .community = grant.community()};
}

absl::Status DeleteBookmark(postgres::Database& database, const postgres::Context& context,
                            const access::Grant& grant, PostId post) {
  return database.Write(context, sql::kDeleteBookmark, grant.member(), post).status();
}

absl::StatusOr<std::vector<Bookmark>> ListBookmarks(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant,
                                                    const TimePosition& after, int count) {
  return BookmarksFrom(
      database.Read(context, sql::kListBookmarks, grant.member(), after.time, after.id, count));
}

absl::StatusOr<std::vector<Bookmark>> GetBookmarks(postgres::Database& database,
                                                   const postgres::Context& context,
                                                   const access::VisibleCommunities& visible,
                                                   std::span<const resources::PostRef> posts) {
  if (visible.empty()) return std::vector<Bookmark>();
  std::vector<PostId> ids;
  for (const resources::PostRef& post : posts) ids.push_back(*post.post);
  return BookmarksFrom(
      database.Read(context, sql::kGetBookmarks, visible.member(), ids, visible.ids()));
}

}  // namespace guildhall::discussions
