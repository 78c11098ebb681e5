#include "services/discussions/store/search_store.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "discussions/statements.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/word_forms.h"

namespace guildhall::discussions {
namespace {

class Search {
 public:
  Search(postgres::Database& database, const postgres::Context& context,
         const access::VisibleCommunities& visible, const SearchQuery& query)
      : database_(database),
        context_(context),
        query_(query),
        places_(InOneOf(visible.ids())),
        exact_(Narrowed(WordsOf(query), query, std::nullopt)),
        loose_(LooseWordsOf(query)),
        ranking_(RankingOf(query)) {}

  // Looks at up to `count` posts of the days, or of all, that have the words; adds those that have
  // what was looked for, and says at how many it has looked.
  absl::StatusOr<int> Find(const std::optional<Days>& days, int count,
                           std::vector<Found>& found) const {
    GUILDHALL_ASSIGN(
        const postgres::Rows rows,
        database_.Read(context_, sql::kFindPosts, Narrowed(loose_, query_, days), places_, exact_,
                       ranking_, query_.after.value_or(absl::InfinitePast()),
                       query_.before.value_or(absl::InfiniteFuture()), count));
    for (const postgres::Row row : rows) {
      if (!row.Get<bool>(1)) continue;
      found.push_back({row.Get<PostId>(0), row.Get<double>(2)});
    }
    return static_cast<int>(rows.size());
  }

 private:
  postgres::Database& database_;
  const postgres::Context& context_;
  const SearchQuery& query_;
  const std::string places_;
  const std::string exact_;
  const std::string loose_;
  const std::string ranking_;
};

// Of what stands in too many posts, the newest: stretch by stretch, going back. How long one is
// follows from how much the one before held; one that holds too much is looked at in parts.
absl::StatusOr<std::vector<Found>> FindNewest(const Search& search, absl::Time newest,
                                              absl::Time oldest) {
  constexpr int kGrowth = 4, kLongest = 1 << 14;
  std::vector<Found> found;
  int room = kMostRanked, length = 1;
  absl::CivilDay last = absl::ToCivilDay(newest, absl::UTCTimeZone());
  const absl::CivilDay first = absl::ToCivilDay(oldest, absl::UTCTimeZone());
  // From here on there is more than can be looked at together: it is halved.
  std::optional<absl::CivilDay> crowded;
  for (int stretch = 0; stretch < kMostStretches && room > 0 && last >= first; ++stretch) {
    std::vector<Found> part;
    GUILDHALL_ASSIGN(const int looked_at,
                     search.Find(Days{last - length + 1, last}, room + 1, part));
    if (looked_at > room && length > 1) {
      crowded = last - length + 1;
      length /= 2;
      continue;
    }
    part.resize(std::min(part.size(), static_cast<std::size_t>(room)));
    found.insert(found.end(), part.begin(), part.end());
    room -= looked_at;
    last -= length;
    const int expected = looked_at == 0 ? kLongest : length * std::max(room, 0) / looked_at;
    length = std::clamp(expected, 1, std::min(length * kGrowth, kLongest));
    length =
        std::min<absl::civil_diff_t>(length, std::max<absl::civil_diff_t>(last - first + 1, 1));
    if (crowded && *crowded <= last) {
      length = std::clamp(static_cast<int>(last - *crowded + 1) / 2, 1, length);
    }
  }
  return found;
}

bool IsBetter(const Found& one, const Found& other) {
  return std::pair(one.score, one.post) > std::pair(other.score, other.post);
}

FoundPost PostFrom(const postgres::Row& row) {
  return {.id = row.Get<PostId>(0),
          .topic = row.Get<TopicId>(1),
          .number = row.Get<std::int32_t>(2),
          .community = row.Get<CommunityId>(3),
          .title = row.Get<std::string>(4),
          .author = row.Get<MemberId>(5),
          .create_time = row.Get<absl::Time>(6),
          .markdown = row.Get<std::string>(7)};
}

// Adds to `posts` those that stand, in their order.
absl::Status AddStanding(postgres::Database& database, const postgres::Context& context,
                         const access::VisibleCommunities& visible, const SearchQuery& query,
                         std::span<const Found> found, std::vector<FoundPost>& posts) {
  std::vector<PostId> ids;
  for (const Found& one : found) ids.push_back(one.post);
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kGetFoundPosts, ids, visible.ids(), kMaxExcerpted, query.tags));
  absl::flat_hash_map<PostId, FoundPost> standing;
  for (const postgres::Row row : rows) {
    FoundPost post = PostFrom(row);
    standing[post.id] = std::move(post);
  }
  for (const Found& one : found) {
    const auto post = standing.find(one.post);
    if (post == standing.end()) continue;
    post->second.score = one.score;
    posts.push_back(std::move(post->second));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Found>> FindPosts(postgres::Database& database,
                                             const postgres::Context& context,
                                             const access::VisibleCommunities& visible,
                                             const SearchQuery& query, absl::Time now) {
  if (visible.empty()) return std::vector<Found>();
  const Search search(database, context, visible, query);
  std::vector<Found> found;
  GUILDHALL_ASSIGN(const int looked_at, search.Find(std::nullopt, kMostRanked + 1, found));
  if (looked_at > kMostRanked) {
    const absl::Time end = query.before.value_or(absl::InfiniteFuture());
    GUILDHALL_ASSIGN(found, FindNewest(search, std::min(now, end - absl::Microseconds(1)),
                                       query.after.value_or(absl::InfinitePast())));
  }
  std::ranges::sort(found, IsBetter);
  return found;
}

absl::StatusOr<std::vector<FoundPost>> GetFoundPosts(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::VisibleCommunities& visible,
                                                     const SearchQuery& query,
                                                     std::span<const Found> found, int count) {
  const std::size_t wanted = static_cast<std::size_t>(count);
  std::vector<FoundPost> posts;
  // Twice as many each time, so that a thousand that went are few statements.
  for (std::size_t at_once = wanted; !found.empty() && posts.size() < wanted; at_once *= 2) {
    const auto next = found.first(std::min(at_once, found.size()));
    found = found.subspan(next.size());
    GUILDHALL_TRY(AddStanding(database, context, visible, query, next, posts));
  }
  posts.resize(std::min(posts.size(), wanted));
  return posts;
}

}  // namespace guildhall::discussions
