#include "services/discussions/store/removal_store.h"

#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {
namespace {

absl::Status ReadInto(Removal& removal, const absl::StatusOr<postgres::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  removal.title = (*rows)[0].Get<std::string>(0);
  removal.markdown = (*rows)[0].Get<std::string>(1);
  return absl::OkStatus();
}

Removal RemovalFrom(const postgres::Row& row) {
  const bool moved = row.Get<bool>(14);
  return {.id = row.Get<Uuid>(0),
          .community = row.Get<CommunityId>(1),
          .topic = row.Get<TopicId>(2),
          .post = row.Get<std::optional<PostId>>(3),
          .author = row.Get<MemberId>(4),
          .remover = row.Get<MemberId>(5),
          .time = row.Get<absl::Time>(6),
          .title = row.Get<std::string>(7),
          .markdown = row.Get<std::string>(8),
          .reason = row.Get<std::string>(9),
          // What was moved has one that keeps it apart from what is removed.
          .restore_time = moved ? std::nullopt : row.Get<std::optional<absl::Time>>(10),
          .restorer = moved ? std::nullopt : row.Get<std::optional<MemberId>>(11),
          .edited = row.Get<bool>(12),
          .forgotten = row.Get<bool>(13),
          .moved = moved};
}

absl::StatusOr<std::optional<StandingRemoval>> StandingFrom(
    const absl::StatusOr<postgres::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::nullopt;
  const postgres::Row row = (*rows)[0];
  return StandingRemoval{row.Get<Uuid>(0), row.Get<CommunityId>(1), row.Get<std::string>(2)};
}

absl::StatusOr<std::vector<Removal>> RemovalsFrom(const absl::StatusOr<postgres::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  std::vector<Removal> removals;
  for (const postgres::Row row : *rows) removals.push_back(RemovalFrom(row));
  return removals;
}

}  // namespace

absl::Status RemoveTopic(postgres::Work& work, const Topic& topic, Removal& removal) {
  return ReadInto(removal,
                  work.Run(sql::kRemoveTopic, topic.id, removal.time, topic.version, removal.id,
                           removal.community, removal.author, removal.remover, removal.reason));
}

absl::Status RemovePost(postgres::Work& work, const Post& post, Removal& removal) {
  return ReadInto(removal,
                  work.Run(sql::kRemovePost, post.topic, post.number, removal.time, post.version,
                           removal.id, removal.community, post.id, removal.author, removal.remover,
                           removal.markdown, removal.reason));
}

void InsertRemoval(postgres::Work& work, const Removal& removal) {
  work.Defer(sql::kInsertRemoval, removal.id, removal.community, removal.topic, *removal.post,
             removal.author, removal.remover, removal.time, removal.reason, removal.edited,
             removal.forgotten);
}

absl::Status InsertUpheldRemoval(postgres::Work& work, Removal& removal) {
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      work.Run(sql::kInsertRemoval, removal.id, removal.community, removal.topic, *removal.post,
               removal.author, removal.remover, removal.time, removal.reason, false, false));
  removal.title = rows[0].Get<std::string>(0);
  return absl::OkStatus();
}

void InsertMove(postgres::Work& work, const Removal& removal) {
  work.Defer(sql::kInsertMove, removal.id, removal.community, removal.topic, removal.author,
             removal.remover, removal.time, removal.title, removal.reason);
}

absl::StatusOr<std::optional<RemovedTopic>> HoldRemovedTopic(postgres::Work& work, TopicId id) {
  work.Defer(sql::kHoldTopic, id);
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kGetRemovedTopic, id));
  if (rows.empty()) return std::nullopt;
  return RemovedTopic{.topic = TopicFrom(rows[0]),
                      .stands = rows[0].Get<bool>(kTopicColumns),
                      .removal = rows[0].Get<std::optional<Uuid>>(kTopicColumns + 1)};
}

absl::StatusOr<std::optional<StandingRemoval>> GetRemovalOf(postgres::Database& database,
                                                            const postgres::Context& context,
                                                            PostId post) {
  return StandingFrom(database.Read(context, sql::kGetRemovalOfPost, post));
}

absl::StatusOr<std::optional<StandingRemoval>> GetRemovalOf(postgres::Work& work, PostId post) {
  return StandingFrom(work.Run(sql::kGetRemovalOfPost, post));
}

void RestoreTopic(postgres::Work& work, const Topic& topic, const Uuid& removal,
                  const Restoring& by) {
  work.Defer(sql::kRestoreTopic, topic.id, topic.version, removal, by.time, by.restorer);
}

void RestorePost(postgres::Work& work, const Post& post, const Uuid& removal, const Restoring& by) {
  work.Defer(sql::kRestorePost, post.topic, post.number, post.version, post.markdown, removal,
             by.time, by.restorer);
}

absl::StatusOr<std::vector<Post>> ListRemovedPosts(postgres::Database& database,
                                                   const postgres::Context& context,
                                                   const access::Grant& grant, TopicId topic,
                                                   int first_number, int count) {
  GUILDHALL_CHECK(grant.permission() == access::Permission::kContentModerate);
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kListRemovedPosts, *grant.community(), topic, first_number, count,
                    static_cast<std::int64_t>(Count(kMaxPageBytes))));
  std::vector<Post> posts;
  for (const postgres::Row row : rows) posts.push_back(PostFrom(row));
  return posts;
}

absl::StatusOr<std::vector<Removal>> ListRemovals(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  const access::Grant& grant,
                                                  const TimePosition& after, int count) {
  GUILDHALL_CHECK(grant.permission() == access::Permission::kContentModerate);
  return RemovalsFrom(
      database.Read(context, sql::kListRemovals, *grant.community(), after.time, after.id, count));
}

absl::StatusOr<std::vector<Removal>> ListOwnRemovals(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::Grant& grant,
                                                     const TimePosition& after, int count) {
  return RemovalsFrom(
      database.Read(context, sql::kListOwnRemovals, grant.member(), after.time, after.id, count));
}

absl::StatusOr<std::vector<Removal>> ListOwnRemovalsOf(postgres::Database& database,
                                                       const postgres::Context& context,
                                                       const access::Grant& grant,
                                                       const Uuid& resource,
                                                       const TimePosition& after, int count) {
  return RemovalsFrom(database.Read(context, sql::kListOwnRemovalsOf, grant.member(), resource,
                                    after.time, after.id, count));
}

}  // namespace guildhall::discussions
