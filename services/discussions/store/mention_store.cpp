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

// Groups that are looked at beside as many as a page has mentions: some of those that were
// mentioned last may have nothing to list, because that post is gone, or the member's own.
constexpr int kSpareGroups = 10;

// The groups to which a member belongs, as columns.
struct Groups {
  explicit Groups(const OwnPlaces& places) {
    Add(places.everyone, MentionKind::kEveryone);
    Add(places.moderators, MentionKind::kModerators);
  }
  void Add(const access::VisibleCommunities& own, MentionKind kind) {
    for (const CommunityId community : own.ids()) {
      communities.push_back(community);
      kinds.push_back(static_cast<std::int32_t>(kind));
    }
  }

  std::vector<CommunityId> communities;
  std::vector<std::int32_t> kinds;
};

Mention MentionFrom(const postgres::Row& row) {
  return {.post = row.Get<PostId>(1),
          .time = row.Get<absl::Time>(2),
          .kind = static_cast<MentionKind>(row.Get<std::int32_t>(3)),
          .topic = row.Get<TopicId>(5),
          .post_number = row.Get<std::int32_t>(6),
          .post_author = row.Get<MemberId>(7),
          .topic_title = row.Get<std::string>(8),
          .community = row.Get<CommunityId>(4),
          .ignored = row.Get<bool>(9)};
}

std::vector<Mention> MentionsFrom(const postgres::Rows& rows) {
  std::vector<Mention> mentions;
  for (const postgres::Row row : rows) {
    if (!row.IsNull(1)) mentions.push_back(MentionFrom(row));
  }
  return mentions;
}

// Whether nothing of the groups that were left out belongs on the page.
bool IsWhole(const postgres::Rows& rows, const std::vector<Mention>& mentions, int count) {
  const auto left_out = rows[0].Get<std::optional<absl::Time>>(0);
  if (!left_out) return true;
  return static_cast<int>(mentions.size()) == count && mentions.back().time > *left_out;
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
  const Groups groups(places);
  const auto read = [&](int looked_at) {
    return database.Read(context, sql::kListMentions, grant.member(), places.readable.ids(),
                         groups.communities, groups.kinds, after.time, after.id, count,
                         places.everywhere, looked_at);
  };
  GUILDHALL_ASSIGN(const postgres::Rows rows, read(count + kSpareGroups));
  std::vector<Mention> mentions = MentionsFrom(rows);
  if (IsWhole(rows, mentions, count)) return mentions;
  GUILDHALL_ASSIGN(const postgres::Rows all, read(static_cast<int>(groups.kinds.size())));
  return MentionsFrom(all);
}

}  // namespace guildhall::discussions
