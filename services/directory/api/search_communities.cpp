#include <algorithm>
#include <optional>
#include <tuple>

#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/community_search.h"

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

absl::StatusOr<FoundCommunities> Find(Directory& directory, const rpc::Call& call,
                                      const Asked& asked, Spelling spelling) {
  return FindCommunities(directory.database, call.context(), call.grant().viewer(), asked.name,
                         spelling, asked.archived, kMaxFoundCommunities);
}

// Those that are called as asked or, if none is, almost so.
absl::StatusOr<FoundCommunities> Find(Directory& directory, const rpc::Call& call,
                                      const Asked& asked) {
  GUILDHALL_ASSIGN(FoundCommunities exact, Find(directory, call, asked, Spelling::kExact));
  if (!exact.communities.empty()) return exact;
  return Find(directory, call, asked, Spelling::kForgiving);
}

// Where a community stands among those found: by rank, size (the larger first) and name.
using Place = std::tuple<std::int64_t, std::int64_t, std::string, Uuid>;
struct Placed {
  Place place;
  const Community* community;
};

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

// Those after the page's position, in order.
std::vector<Placed> InOrder(const FoundCommunities& found, const rpc::Page& page) {
  const std::vector<std::string> asked = AskedWords(found.asked_key);
  const std::optional<Place> after = PlaceOf(page);
  std::vector<Placed> placed;
  for (const FoundCommunity& each : found.communities) {
    Place place(RankOf(asked, each.name_key), -each.community.member_count, each.name_key,
                each.community.id.uuid());
    if (!after || place > *after) placed.push_back({std::move(place), &each.community});
  }
  std::sort(placed.begin(), placed.end(),
            [](const Placed& a, const Placed& b) { return a.place < b.place; });
  return placed;
}

}  // namespace

absl::StatusOr<v1::SearchCommunitiesResponse> SearchCommunities(
    Directory& directory, const rpc::Call& call, const v1::SearchCommunitiesRequest& request) {
  constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};
  Asked asked{.archived = request.show_archived() ? Archived::kShown : Archived::kLeftOut};
  GUILDHALL_ASSIGN(asked.name, NameFrom(request));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(const FoundCommunities found, Find(directory, call, asked));
  std::vector<Placed> placed = InOrder(found, page);
  v1::SearchCommunitiesResponse response;
  response.set_next_page_token(page.Cut(placed, PositionOf));
  for (const Placed& each : placed) *response.add_communities() = ToProto(*each.community);
  return response;
}

}  // namespace guildhall::directory
