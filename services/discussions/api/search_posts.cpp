#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "libs/rpc/times.h"
#include "services/discussions/api/active_places.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/domain/excerpt.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/markdown.h"
#include "services/discussions/store/search_store.h"
#include "services/discussions/store/topic_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 20, .most = 50};

// What the request names, or of it what the query does.
absl::StatusOr<std::set<CommunityId>> NamedPlaces(const v1::SearchPostsRequest& request,
                                                  const SearchQuery& query) {
  std::set<CommunityId> named;
  for (const std::string& name : request.communities()) {
    GUILDHALL_ASSIGN(const CommunityId id, resources::ParseCommunity("communities", name));
    named.insert(id);
  }
  std::set<CommunityId> places(query.in.begin(), query.in.end());
  if (places.empty()) {
    places = named;
  } else if (!named.empty()) {
    std::erase_if(places, [&](CommunityId id) { return !named.contains(id); });
  }
  if (named.empty() && query.in.empty() && query.topics.empty() && !request.everywhere()) {
    return WrongField("communities", "names where to look, unless that is everywhere");
  }
  if (named.size() > kMaxSearched || places.size() > kMaxSearched) {
    return WrongField("communities", absl::StrCat("takes at most ", kMaxSearched));
  }
  return places;
}

struct Where {
  std::set<CommunityId> places;
  // There are more in which the caller may read.
  bool partial = false;
};

// Where the topics stand that the query names: from then on by their names of today, without those
// that are not there.
absl::StatusOr<std::set<CommunityId>> PlacesOfTopics(Discussions& discussions,
                                                     const rpc::Call& call, SearchQuery& query) {
  GUILDHALL_ASSIGN(const auto topics,
                   GetNamedTopics(discussions.database, call.context(), query.topics));
  query.topics.clear();
  std::set<CommunityId> places;
  for (const std::optional<NamedTopic>& named : topics) {
    if (!named) continue;
    query.topics.push_back(named->topic.id);
    places.insert(named->topic.community);
  }
  return places;
}

// What is named, and beside it, for who looks everywhere, what is active.
absl::StatusOr<Where> WhereOf(Discussions& discussions, const rpc::Call& call,
                              const v1::SearchPostsRequest& request, SearchQuery& query) {
  Where where;
  GUILDHALL_ASSIGN(where.places, NamedPlaces(request, query));
  if (!query.topics.empty()) {
    GUILDHALL_ASSIGN(std::set<CommunityId> standing, PlacesOfTopics(discussions, call, query));
    const bool places_named = !request.communities().empty() || !query.in.empty();
    if (places_named) {
      std::erase_if(standing, [&](CommunityId id) { return !where.places.contains(id); });
    }
    where.places = std::move(standing);
    return where;
  }
  if (!request.everywhere() || !query.in.empty()) return where;
  // One more than there is room for tells whether that was all.
  GUILDHALL_ASSIGN(const ActivePlaces active, ActiveAmongVisible(discussions, call,
                                                                 {.after = TimePosition(),
                                                                  .count = kMaxSearched + 1,
                                                                  .most = kMaxSearchedAmong}));
  where.partial = !active.all;
  for (const CommunityActivity& each : active.found) {
    if (where.places.contains(each.community)) continue;
    if (where.places.size() == kMaxSearched) {
      where.partial = true;
      break;
    }
    where.places.insert(each.community);
  }
  return where;
}

std::string PositionOf(const FoundPost& post) {
  return resources::PositionWriter().Real(post.score).Id(post.id.uuid()).Take();
}

// What comes after the pages before.
std::vector<Found> RestOf(const rpc::Page& page, std::vector<Found> found) {
  if (page.first()) return found;
  resources::PositionReader reader = page.position();
  const double score = reader.Real();
  const PostId post(reader.Id());
  std::erase_if(found, [&](const Found& one) {
    return std::pair(one.score, one.post) >= std::pair(score, post);
  });
  return found;
}

v1::TextRange ToProto(const TextRange& range) {
  v1::TextRange out;
  out.set_offset(range.offset);
  out.set_length(range.length);
  return out;
}

v1::SearchResult ToProto(const FoundPost& post, const SearchQuery& query) {
  v1::SearchResult out;
  out.set_post(resources::PostName(post.topic, post.id));
  out.set_number(post.number);
  out.set_community(resources::Name(post.community));
  out.set_title(post.title);
  out.set_author(resources::Name(post.author));
  const std::string text = HtmlToText(MarkdownToHtml(post.markdown).value_or(""));
  Excerpt excerpt = ExcerptOf(text, query);
  out.set_excerpt(std::move(excerpt.line));
  for (const TextRange& match : excerpt.matches) *out.add_excerpt_matches() = ToProto(match);
  // The title is looked through with the first post.
  if (post.number == 1) {
    for (const TextRange& match : MatchesIn(post.title, query)) {
      *out.add_title_matches() = ToProto(match);
    }
  }
  *out.mutable_create_time() = rpc::ToProto(post.create_time);
  return out;
}

}  // namespace

absl::StatusOr<v1::SearchPostsResponse> SearchPosts(Discussions& discussions, const rpc::Call& call,
                                                    const v1::SearchPostsRequest& request) {
  GUILDHALL_ASSIGN(SearchQuery query,
                   SearchQueryFrom("query", request.query(), call.caller().member));
  GUILDHALL_ASSIGN(query.order, SearchOrderFrom("order", request.order()));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(const Where where, WhereOf(discussions, call, request, query));
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, where.places));
  GUILDHALL_ASSIGN(std::vector<Found> found,
                   FindPosts(discussions.database, call.context(), visible, query, call.now()));
  GUILDHALL_ASSIGN(std::vector<FoundPost> posts,
                   GetFoundPosts(discussions.database, call.context(), visible, query,
                                 RestOf(page, std::move(found)), page.to_fetch()));
  v1::SearchPostsResponse response;
  response.set_next_page_token(page.Cut(posts, PositionOf));
  response.set_partial(where.partial);
  for (const std::string& part : query.taken_as_words) response.add_taken_as_words(part);
  for (const FoundPost& post : posts) *response.add_results() = ToProto(post, query);
  return response;
}

}  // namespace guildhall::discussions
