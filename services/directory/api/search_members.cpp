#include <algorithm>
#include <optional>
#include <tuple>

#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/rpc/page.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/member_search.h"

namespace guildhall::directory {
namespace {

struct Question {
  MemberQuestion what;
  std::optional<CommunityId> community;
};

absl::StatusOr<Question> QuestionFrom(const v1::SearchMembersRequest& request) {
  Question question{
      .what = {.name = request.query(),
               .skills = {request.skills().begin(), request.skills().end()},
               .interests = {request.interests().begin(), request.interests().end()},
               .projects = {request.projects().begin(), request.projects().end()},
               .location = request.location(),
               .about = request.about(),
               .languages = {request.languages().begin(), request.languages().end()}}};
  if (!request.community().empty()) {
    GUILDHALL_ASSIGN(question.community,
                     resources::ParseCommunity("community", request.community()));
  }
  GUILDHALL_TRY(TidyQuestion(question.what, question.community.has_value()));
  return question;
}

// Who was found, and whether that is all.
struct Found {
  FoundMembers by_name;
  bool all = true;
  std::vector<std::string> asked;
};

absl::StatusOr<Found> Find(Directory& directory, const rpc::Call& call, const Question& question,
                           Spelling spelling) {
  Found found;
  GUILDHALL_ASSIGN(
      found.by_name,
      FindMembers(directory.database, call.context(), call.grant().viewer(), question.what,
                  question.community, spelling, kMaxCountedMembers + 1));
  found.all = !found.by_name.more;
  if (found.by_name.members.size() > static_cast<std::size_t>(kMaxCountedMembers))
    found.by_name.members.pop_back();
  found.asked = AskedWords(found.by_name.asked_key);
  return found;
}

// Those who are called as asked or, if nobody is, almost so. Beside words and languages no typo is
// forgiven: their index is not asked for any.
absl::StatusOr<Found> Find(Directory& directory, const rpc::Call& call, const Question& question) {
  GUILDHALL_ASSIGN(Found exact, Find(directory, call, question, Spelling::kExact));
  if (!exact.by_name.members.empty() || question.what.name.empty()) return exact;
  if (!question.what.about.empty() || !question.what.languages.empty()) return exact;
  return Find(directory, call, question, Spelling::kForgiving);
}

// Where a member stands among those found.
using Place = std::tuple<std::int64_t, std::string, Uuid>;
struct Placed {
  Place place;
  const FoundMember* found;
};

// Those after the page's position, in order.
std::vector<Placed> InOrder(const Found& found, const rpc::Page& page) {
  std::optional<Place> after;
  if (!page.first()) {
    resources::PositionReader reader = page.position();
    const std::int64_t rank = reader.Number();
    std::string name_key = reader.Text();
    after.emplace(rank, std::move(name_key), reader.Id());
  }
  std::vector<Placed> placed;
  for (const FoundMember& each : found.by_name.members) {
    const std::string& name_key = each.match.name_key;
    Place place(RankOf(found.asked, name_key), name_key, each.member.id.uuid());
    if (!after || place > *after) placed.push_back({std::move(place), &each});
  }
  std::sort(placed.begin(), placed.end(),
            [](const Placed& a, const Placed& b) { return a.place < b.place; });
  return placed;
}

std::string PositionOf(const Placed& placed) {
  const auto& [rank, name_key, id] = placed.place;
  return resources::PositionWriter().Number(rank).Text(name_key).Id(id).Take();
}

void AddFacets(const FoundMembers& found, v1::SearchMembersResponse& response) {
  std::vector<const Match*> matches;
  for (const FoundMember& member : found.members) matches.push_back(&member.match);
  for (const FacetCount& count : CountFacets(matches, kMaxFacetValues)) {
    v1::FacetValue& value = *response.add_facets();
    value.set_facet(static_cast<v1::Facet>(count.label.facet));
    value.set_value(count.label.said);
    value.set_member_count(count.members);
  }
}

}  // namespace

absl::StatusOr<v1::SearchMembersResponse> SearchMembers(Directory& directory, const rpc::Call& call,
                                                        const v1::SearchMembersRequest& request) {
  constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};
  GUILDHALL_ASSIGN(const Question question, QuestionFrom(request));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(const Found found, Find(directory, call, question));
  v1::SearchMembersResponse response;
  response.set_more_match(!found.all);
  if (found.all) {
    response.set_total_size(static_cast<int>(found.by_name.members.size()));
    AddFacets(found.by_name, response);
  }
  std::vector<Placed> placed = InOrder(found, page);
  response.set_next_page_token(page.Cut(placed, PositionOf));
  for (const Placed& each : placed) *response.add_members() = ToProto(each.found->member);
  return response;
}

}  // namespace guildhall::directory
