#include "services/discussions/store/mention_store.h"

#include "discussions/statements.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

// The same as columns.
struct Columns {
  explicit Columns(const Mentions& mentions) {
    for (const MemberId member : mentions.members) Add(member, MentionKind::kMember);
    for (const MentionKind group : mentions.groups) Add(std::nullopt, group);
  }
  void Add(std::optional<MemberId> member, MentionKind kind) {
    members.push_back(member);
    kinds.push_back(static_cast<std::int32_t>(kind));
  }

  std::vector<std::optional<MemberId>> members;
  std::vector<std::int32_t> kinds;
};

Mention MentionFrom(const postgres::Row& row) {
  return {.post = row.Get<PostId>(0),
          .time = row.Get<absl::Time>(1),
          .kind = static_cast<MentionKind>(row.Get<std::int32_t>(2)),
          .topic = row.Get<TopicId>(4),
          .post_number = row.Get<std::int32_t>(5),
          .post_author = row.Get<MemberId>(6),
          .topic_title = row.Get<std::string>(7),
          .community = row.Get<CommunityId>(3)};
}

}  // namespace

void StoreMentions(postgres::Work& work, const Post& post, CommunityId community,
                   const Mentions& added, absl::Time time) {
  const Columns columns(added);
  work.Defer(sql::kStoreMentions, post.id, post.topic, community, post.author, time,
             columns.members, columns.kinds);
}

void ForgetMentions(postgres::Work& work, PostId post, const Mentions& gone) {
  const Columns columns(gone);
  work.Defer(sql::kForgetMentions, post, columns.members, columns.kinds);
}

absl::StatusOr<int> CountCall(postgres::Work& work, CommunityId community, absl::Time time,
                              absl::Time since) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kCountCall, community, time, since));
  return rows[0].Get<std::int32_t>(0);
}

absl::StatusOr<std::vector<CommunityId>> ListMentionPlaces(postgres::Database& database,
                                                           const postgres::Context& context,
                                                           const access::Grant& grant) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListMentionPlaces, grant.member(),
                                 std::int32_t{kMaxMentionPlaces}));
  std::vector<CommunityId> places;
  for (const postgres::Row row : rows) places.push_back(row.Get<CommunityId>(0));
  return places;
}

absl::StatusOr<std::vector<Mention>> ListMentions(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  const access::Grant& grant,
                                                  const OwnPlaces& places,
                                                  const TimePosition& after, int count) {
  std::vector<CommunityId> communities;
  std::vector<std::int32_t> kinds;
  const auto add = [&](const access::VisibleCommunities& own, MentionKind kind) {
    for (const CommunityId community : own.ids()) {
      communities.push_back(community);
      kinds.push_back(static_cast<std::int32_t>(kind));
    }
  };
  add(places.everyone, MentionKind::kEveryone);
  add(places.moderators, MentionKind::kModerators);
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListMentions, grant.member(), places.readable.ids(),
                                 communities, kinds, after.time, after.id, count));
  std::vector<Mention> mentions;
  for (const postgres::Row row : rows) mentions.push_back(MentionFrom(row));
  return mentions;
}

}  // namespace guildhall::discussions
