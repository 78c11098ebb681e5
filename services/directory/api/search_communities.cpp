#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/rpc/page.h"
#include "libs/rpc/times.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/community_search.h"
#include "services/directory/store/former_names.h"

namespace guildhall::directory {
namespace {

absl::StatusOr<std::string> NameFrom(const v1::SearchCommunitiesRequest& request) {
  GUILDHALL_ASSIGN(std::string name, TidyText("query", request.query(), kSearchedName));
  if (NameWords(name).empty()) return WrongField("query", "has no word to look for");
  return name;
}

struct Asked {
  std::string name;
  Archived archived = Archived::kLeftOut;
};

// Those that are called as asked, those that were, and of the others those that say so of
// themselves.
struct Found {
  FoundCommunities now;
  FoundFormerNames before;
  std::vector<FoundCommunity> about;
};

absl::StatusOr<Found> FindCalled(Directory& directory, const rpc::Call& call, const Asked& asked,
                                 Spelling spelling) {
  const access::Viewer& viewer = call.grant().viewer();
  Found found;
  GUILDHALL_ASSIGN(found.now,
                   FindCommunities(directory.database, call.context(), viewer, asked.name, spelling,
                                   asked.archived, kMaxFoundCommunities));
  GUILDHALL_ASSIGN(found.before,
                   FindFormerNames(directory.database, call.context(), viewer, asked.name, spelling,
                                   asked.archived, kMaxFoundFormerNames));
  return found;
}

// Whatever a community is found by; if nothing is, those that are or were called almost as asked.
absl::StatusOr<Found> Find(Directory& directory, const rpc::Call& call, const Asked& asked) {
  GUILDHALL_ASSIGN(Found exact, FindCalled(directory, call, asked, Spelling::kExact));
  std::vector<CommunityId> called;
  for (const FoundCommunity& each : exact.now.communities) called.push_back(each.community.id);
  for (const FormerlyCalled& each : exact.before.communities) called.push_back(each.community.id);
  GUILDHALL_ASSIGN(exact.about,
                   FindCommunitiesAbout(directory.database, call.context(), call.grant().viewer(),
                                        asked.name, called, asked.archived, kMaxFoundByWords));
  if (!called.empty() || !exact.about.empty()) return exact;
  return FindCalled(directory, call, asked, Spelling::kForgiving);
}

// Where a community stands among those found: by rank, size (the larger first) and name.
using Place = std::tuple<std::int64_t, std::int64_t, std::string, Uuid>;
struct Placed {
  Place place;
  const Community* community = nullptr;
  // By which it was found, if it is not its name any more.
  const FormerlyCalled* former = nullptr;
};
// The ranks of those that were called so come after those of all that are, and after these that of
// those that say so.
constexpr std::int64_t kCalledBefore = 1000;
constexpr std::int64_t kAbout = 2000;

std::optional<Place> PlaceOf(const rpc::Page& page) {
  if (page.first()) return std::nullopt;
  resources::PositionReader reader = page.position();
  const std::int64_t rank = reader.Number();
  const std::int64_t size = reader.Number();
  std::string name_key = reader.Text();
  return Place(rank, size, std::move(name_key), reader.Id());
}

std::string PositionOf(const Placed& placed) {
  const auto& [rank, size, name_key, id] = placed.place;
  return resources::PositionWriter().Number(rank).Number(size).Text(name_key).Id(id).Take();
}

Place PlaceOf(const Community& community, std::int64_t rank, const std::string& name_key) {
  return Place(rank, -community.member_count, name_key, community.id.uuid());
}

// Those after the page's position, in order; each once, by the name that it has if that is asked.
std::vector<Placed> InOrder(const Found& found, const rpc::Page& page) {
  std::vector<Placed> placed;
  absl::flat_hash_set<CommunityId> once;
  std::vector<std::string> asked = AskedWords(found.now.asked_key);
  for (const FoundCommunity& each : found.now.communities) {
    once.insert(each.community.id);
    placed.push_back({PlaceOf(each.community, RankOf(asked, each.name_key), each.name_key),
                      &each.community, nullptr});
  }
  asked = AskedWords(found.before.asked_key);
  for (const FormerlyCalled& each : found.before.communities) {
    if (!once.insert(each.community.id).second) continue;
    const std::int64_t rank = kCalledBefore + RankOf(asked, each.name_key);
    placed.push_back({PlaceOf(each.community, rank, each.name_key), &each.community, &each});
  }
  for (const FoundCommunity& each : found.about) {
    placed.push_back({PlaceOf(each.community, kAbout, each.name_key), &each.community, nullptr});
  }
  if (const std::optional<Place> after = PlaceOf(page)) {
    std::erase_if(placed, [&](const Placed& each) { return each.place <= *after; });
  }
  std::sort(placed.begin(), placed.end(),
            [](const Placed& a, const Placed& b) { return a.place < b.place; });
  return placed;
}

void Add(const FormerlyCalled& former, v1::SearchCommunitiesResponse& response) {
  v1::FormerName& out = *response.add_former_names();
  out.set_community(resources::Name(former.community.id));
  out.set_display_name(former.former_name);
  *out.mutable_end_time() = rpc::ToProto(former.end_time);
}

}  // namespace

absl::StatusOr<v1::SearchCommunitiesResponse> SearchCommunities(
    Directory& directory, const rpc::Call& call, const v1::SearchCommunitiesRequest& request) {
  constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};
  Asked asked{.archived = request.show_archived() ? Archived::kShown : Archived::kLeftOut};
  GUILDHALL_ASSIGN(asked.name, NameFrom(request));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(const Found found, Find(directory, call, asked));
  std::vector<Placed> placed = InOrder(found, page);
  v1::SearchCommunitiesResponse response;
  response.set_next_page_token(page.Cut(placed, PositionOf));
  for (const Placed& each : placed) {
    *response.add_communities() = ToProto(*each.community);
    if (each.former != nullptr) Add(*each.former, response);
  }
  return response;
}

}  // namespace guildhall::directory
