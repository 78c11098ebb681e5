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
        ranking_(query.order == SearchOrder::kBest ? RankingOf(query) : "") {}

  // Looks at up to `count` posts of the days, or of all, that have the words, and says at how many
  // it has looked; unless these are more than `most`, adds those that have what was looked for.
  absl::StatusOr<int> Find(const std::optional<Days>& days, int count, int most,
                           std::vector<Found>& found) const {
    GUILDHALL_ASSIGN(
        const postgres::Rows rows,
        database_.Read(context_, sql::kFindPosts, Narrowed(loose_, query_, days), places_, exact_,
                       ranking_, query_.after.value_or(absl::InfinitePast()),
                       query_.before.value_or(absl::InfiniteFuture()), count, most));
    for (const postgres::Row row : rows) {
      if (!row.Get<bool>(1)) continue;
      found.push_back({row.Get<PostId>(0), ScoreOf(row)});
    }
    return static_cast<int>(rows.size());
  }

 private:
  // Until 2255 microseconds are whole numbers of a double.
  double ScoreOf(const postgres::Row& row) const {
    const auto time = static_cast<double>(absl::ToUnixMicros(row.Get<absl::Time>(3)));
    switch (query_.order) {
      case SearchOrder::kBest:
        return row.Get<double>(2);
      case SearchOrder::kNewest:
        return time;
      case SearchOrder::kOldest:
        return -time;
    }
    return 0;
  }

  postgres::Database& database_;
  const postgres::Context& context_;
  const SearchQuery& query_;
  const std::string places_;
  const std::string exact_;
  const std::string loose_;
  const std::string ranking_;
};

// The days through which a search goes, from the newest back or from the oldest on.
struct Way {
  bool back;
  absl::CivilDay begin;
  // How many there are.
  absl::civil_diff_t days;

  // So many of them, after those that are done.
  Days Stretch(absl::civil_diff_t done, absl::civil_diff_t length) const {
    if (back) return {begin - done - length + 1, begin - done};
    return {begin + done, begin + done + length - 1};
  }
};

// From the first day that the query names, or of ids that hold times, to the last one.
Way WayOf(const SearchQuery& query, absl::Time now) {
  const absl::Time end = query.before.value_or(absl::InfiniteFuture()) - absl::Microseconds(1);
  const absl::Time begin = std::max(query.after.value_or(absl::UnixEpoch()), absl::UnixEpoch());
  const absl::CivilDay newest = absl::ToCivilDay(std::min(now, end), absl::UTCTimeZone());
  const absl::CivilDay oldest = absl::ToCivilDay(begin, absl::UTCTimeZone());
  const bool back = query.order != SearchOrder::kOldest;
  return {back, back ? newest : oldest, newest - oldest + 1};
}

// Of what stands in too many posts, those that come first on the way, stretch by stretch. How long
// one is follows from how much the one before held; one that holds too much is looked at in parts.
// Where the oldest are looked for, nobody knows when they begin: the first one is the longest.
absl::StatusOr<std::vector<Found>> FindFirst(const Search& search, const Way& way) {
  constexpr absl::civil_diff_t kGrowth = 4, kLongest = 1 << 14;
  std::vector<Found> found;
  int room = kMaxRanked;
  absl::civil_diff_t done = 0,
                     length = way.back ? 1 : std::clamp<absl::civil_diff_t>(way.days, 1, kLongest);
  // Up to here there is more than can be looked at together: it is halved.
  absl::civil_diff_t crowded = 0;
  for (int stretch = 0; stretch < kMostStretches && room > 0 && done < way.days; ++stretch) {
    std::vector<Found> part;
    // A day is not halved: of one that holds too much, some are taken.
    const int most = length > 1 ? room : room + 1;
    GUILDHALL_ASSIGN(const int looked_at,
                     search.Find(way.Stretch(done, length), room + 1, most, part));
    if (looked_at > room && length > 1) {
      crowded = done + length;
      length /= 2;
      continue;
    }
    part.resize(std::min(part.size(), static_cast<std::size_t>(room)));
    found.insert(found.end(), part.begin(), part.end());
    room -= looked_at;
    done += length;
    const absl::civil_diff_t expected =
        looked_at == 0 ? kLongest : length * std::max(room, 0) / looked_at;
    length = std::clamp(expected, absl::civil_diff_t{1}, std::min(length * kGrowth, kLongest));
    const absl::civil_diff_t rest = done < crowded ? (crowded - done) / 2 : way.days - done;
    length = std::clamp(rest, absl::civil_diff_t{1}, length);
  }
  return found;
}

bool ComesBefore(const Found& one, const Found& other) {
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
      database.Read(context, sql::kGetFoundPosts, ids, visible.ids(), kMaxExcerpted, query.tags,
                    query.traits, query.first || query.in_title, query.topics));
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
  GUILDHALL_ASSIGN(const int looked_at,
                   search.Find(std::nullopt, kMaxRanked + 1, kMaxRanked, found));
  if (looked_at > kMaxRanked) {
    GUILDHALL_ASSIGN(found, FindFirst(search, WayOf(query, now)));
  }
  std::ranges::sort(found, ComesBefore);
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
