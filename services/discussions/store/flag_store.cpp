#include "services/discussions/store/flag_store.h"

#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

// Of four columns: outcome, time, decider, note.
FlagDecision DecisionFrom(const postgres::Row& row, int column) {
  return {.outcome = static_cast<FlagOutcome>(row.Get<std::int32_t>(column)),
          .time = row.Get<absl::Time>(column + 1),
          .decider = row.Get<std::optional<MemberId>>(column + 2),
          .note = row.Get<std::string>(column + 3)};
}

Flag FlagFrom(const postgres::Row& row) {
  Flag flag{.id = row.Get<Uuid>(0),
            .community = row.Get<CommunityId>(1),
            .topic = row.Get<TopicId>(2),
            .post = row.Get<PostId>(3),
            .member = row.Get<MemberId>(4),
            .kind = static_cast<FlagKind>(row.Get<std::int32_t>(5)),
            .text = row.Get<std::string>(6),
            .create_time = row.Get<absl::Time>(7)};
  if (!row.IsNull(8)) flag.decision = DecisionFrom(row, 8);
  return flag;
}

// Whether a flag belongs to a review.
bool IsOf(const Flag& flag, const Review& review) { return flag.post == review.post; }
bool IsOf(const Flag& flag, const DecidedReview& review) {
  return flag.post == review.post && flag.decision->time == review.decision.time;
}

// Rows stand in the order of the reviews.
template <typename Reviewed>
void AddFlags(const postgres::Rows& rows, std::vector<Reviewed>& reviews) {
  auto review = reviews.begin();
  for (const postgres::Row row : rows) {
    Flag flag = FlagFrom(row);
    while (!IsOf(flag, *review)) ++review;
    review->flags.push_back(std::move(flag));
  }
}

// Rows stand in the order of the reviews.
void AddTexts(const postgres::Rows& rows, std::vector<Review>& reviews) {
  auto review = reviews.begin();
  for (const postgres::Row row : rows) {
    while (review->post != row.Get<PostId>(0)) ++review;
    // The topic's went with it.
    if (review->title.empty()) review->title = row.Get<std::string>(1);
    review->flagged_texts.push_back({row.Get<std::string>(2), row.Get<absl::Time>(3)});
  }
}

Review ReviewFrom(const postgres::Row& row) {
  return {.id = row.Get<Uuid>(0),
          .create_time = row.Get<absl::Time>(1),
          .community = row.Get<CommunityId>(8),
          .topic = row.Get<TopicId>(2),
          .post = row.Get<PostId>(3),
          .title = row.Get<std::string>(4),
          .author = row.Get<MemberId>(5),
          .markdown = row.Get<std::string>(6),
          .version = row.Get<std::int64_t>(7),
          .delete_time = row.Get<std::optional<absl::Time>>(9)};
}

std::vector<Review> ReviewsFrom(const postgres::Rows& rows) {
  std::vector<Review> reviews;
  for (const postgres::Row row : rows) reviews.push_back(ReviewFrom(row));
  return reviews;
}

absl::Status ReadFlagsIn(postgres::Database& database, const postgres::Context& context,
                         const std::vector<CommunityId>& communities,
                         std::vector<Review>& reviews) {
  if (reviews.empty()) return absl::OkStatus();
  std::vector<CommunityId> places;
  std::vector<TopicId> topics;
  std::vector<PostId> posts;
  for (const Review& review : reviews) {
    places.push_back(review.community);
    topics.push_back(review.topic);
    posts.push_back(review.post);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetFlagsUnderReview, communities, topics, posts,
                                 kMaxFlagsShown));
  AddFlags(rows, reviews);
  GUILDHALL_ASSIGN(const postgres::Rows texts,
                   database.Read(context, sql::kGetFlaggedTexts, places, topics, posts,
                                 static_cast<std::int64_t>(Count(kMaxFlaggedBytes))));
  AddTexts(texts, reviews);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FlagsAround> LookAtFlags(postgres::Work& work, const Post& post, MemberId member) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kLookAtFlags, post.id, member,
                            post.edit_time.value_or(absl::InfinitePast()), kMaxFlagsUnderReview));
  return FlagsAround{rows[0].Get<bool>(0), rows[0].Get<std::int32_t>(1)};
}

void InsertFlag(postgres::Work& work, const Flag& flag) {
  work.Defer(sql::kInsertFlag, flag.id, flag.community, flag.topic, flag.post, flag.member,
             static_cast<std::int32_t>(flag.kind), flag.text, flag.create_time);
}

absl::Status WithdrawFlag(postgres::Work& work, const access::Grant& grant,
                          const resources::PostRef& post) {
  for (std::optional<TopicId> held;;) {
    GUILDHALL_ASSIGN(const postgres::Rows rows,
                     work.Run(sql::kHoldFlaggedTopic, *post.post, grant.member()));
    if (rows.empty()) return absl::OkStatus();
    const TopicId stands = rows[0].Get<TopicId>(0);
    if (held == stands) break;
    held = stands;
  }
  return work.Run(sql::kWithdrawFlag, *post.post, grant.member()).status();
}

absl::StatusOr<int> DecideFlags(postgres::Work& work, TopicId topic, std::optional<PostId> post,
                                const FlagDecision& decision) {
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      work.Run(sql::kDecideFlags, topic, post, static_cast<std::int32_t>(decision.outcome),
               decision.time, decision.decider, decision.note));
  return static_cast<int>(rows.size());
}

void EndReviews(postgres::Work& work, TopicId topic, std::optional<PostId> post,
                const FlagDecision& decision) {
  work.Defer(sql::kDecideFlags, topic, post, static_cast<std::int32_t>(decision.outcome),
             decision.time, decision.decider, decision.note);
}

absl::StatusOr<std::optional<GoneReview>> HoldGoneReview(postgres::Work& work, TopicId topic,
                                                         PostId post) {
  work.Defer(sql::kHoldTopic, topic);
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kGetGoneReview, topic, post));
  if (rows.empty()) return std::nullopt;
  const postgres::Row row = rows[0];
  return GoneReview{{.id = post,
                     .topic = topic,
                     .author = row.Get<MemberId>(1),
                     .delete_time = row.Get<absl::Time>(3),
                     .version = row.Get<std::int64_t>(2)},
                    row.Get<CommunityId>(0)};
}

void ForgetFlaggedTexts(postgres::Work& work, const Post& post) {
  work.Defer(sql::kForgetFlaggedTexts, post.id, post.markdown);
}

void MoveReviews(postgres::Work& work, TopicId topic, CommunityId destination) {
  work.Defer(sql::kMoveReviews, topic, destination);
}

absl::StatusOr<std::vector<Flag>> ListOwnFlags(postgres::Database& database,
                                               const postgres::Context& context,
                                               const access::Grant& grant,
                                               const TimePosition& after, int count) {
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kListOwnFlags, grant.member(), after.time, after.id, count));
  std::vector<Flag> flags;
  for (const postgres::Row row : rows) flags.push_back(FlagFrom(row));
  return flags;
}

absl::StatusOr<std::vector<Review>> ListReviews(postgres::Database& database,
                                                const postgres::Context& context,
                                                const access::Grant& grant,
                                                const TimePosition& after, int count) {
  GUILDHALL_CHECK(grant.permission() == access::Permission::kContentModerate);
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kListReviews, *grant.community(), after.time, after.id, count));
  return ReviewsFrom(rows);
}

absl::StatusOr<std::vector<Review>> ListWaitingReviews(postgres::Database& database,
                                                       const postgres::Context& context,
                                                       const access::VisibleCommunities& kept,
                                                       const TimePosition& after, int count) {
  GUILDHALL_CHECK(kept.permission() == access::Permission::kContentModerate);
  if (kept.empty()) return std::vector<Review>();
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kListWaitingReviews, kept.ids(), after.time, after.id, count));
  return ReviewsFrom(rows);
}

absl::StatusOr<absl::flat_hash_map<CommunityId, int>> CountReviews(
    postgres::Database& database, const postgres::Context& context,
    const access::VisibleCommunities& kept) {
  GUILDHALL_CHECK(kept.permission() == access::Permission::kContentModerate);
  absl::flat_hash_map<CommunityId, int> counts;
  if (kept.empty()) return counts;
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kCountReviews, kept.ids(),
                                                            std::int32_t{kMaxReviewsCounted}));
  for (const postgres::Row row : rows) {
    counts[row.Get<CommunityId>(0)] = row.Get<std::int32_t>(1);
  }
  return counts;
}

absl::Status ReadFlags(postgres::Database& database, const postgres::Context& context,
                       const access::Grant& grant, std::vector<Review>& reviews) {
  return ReadFlagsIn(database, context, {*grant.community()}, reviews);
}

absl::Status ReadFlags(postgres::Database& database, const postgres::Context& context,
                       const access::VisibleCommunities& kept, std::vector<Review>& reviews) {
  return ReadFlagsIn(database, context, kept.ids(), reviews);
}

absl::StatusOr<std::vector<DecidedReview>> ListDecidedReviews(postgres::Database& database,
                                                              const postgres::Context& context,
                                                              const access::Grant& grant,
                                                              const TimePosition& after,
                                                              int count) {
  GUILDHALL_CHECK(grant.permission() == access::Permission::kContentModerate);
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListDecidedReviews, *grant.community(), after.time,
                                 after.id, count));
  std::vector<DecidedReview> reviews;
  for (const postgres::Row row : rows) {
    reviews.push_back({.id = row.Get<Uuid>(0),
                       .topic = row.Get<TopicId>(1),
                       .post = row.Get<PostId>(2),
                       .title = row.Get<std::string>(3),
                       .author = row.Get<MemberId>(4),
                       .decision = DecisionFrom(row, 5)});
  }
  return reviews;
}

absl::Status ReadFlags(postgres::Database& database, const postgres::Context& context,
                       const access::Grant& grant, std::vector<DecidedReview>& reviews) {
  std::vector<PostId> posts;
  std::vector<absl::Time> times;
  for (const DecidedReview& review : reviews) {
    posts.push_back(review.post);
    times.push_back(review.decision.time);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetDecidedFlags, *grant.community(), posts, times,
                                 kMaxFlagsShown));
  AddFlags(rows, reviews);
  return absl::OkStatus();
}

}  // namespace guildhall::discussions
