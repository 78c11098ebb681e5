#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/facet_values.h"
#include "services/directory/store/member_search.h"

namespace guildhall::directory {
namespace {

// Of a page and one more.
struct Listed {
  std::vector<Label> values;
  bool more_match = false;
};

absl::StatusOr<Facet> FacetFrom(v1::Facet facet) {
  switch (facet) {
    case v1::FACET_SKILL:
    case v1::FACET_INTEREST:
    case v1::FACET_PROJECT:
    case v1::FACET_LOCATION:
      return static_cast<Facet>(facet);
    default:
      return WrongField("facet", "is a skill, an interest, a project or a location");
  }
}

std::string PositionOf(const Label& label) {
  return resources::PositionWriter().Text(label.key).Take();
}

absl::StatusOr<ValuesAsked> AskedFrom(const v1::ListFacetValuesRequest& request) {
  ValuesAsked asked;
  GUILDHALL_ASSIGN(asked.facet, FacetFrom(request.facet()));
  GUILDHALL_ASSIGN(asked.beginning, TidyText("beginning", request.beginning(), kSearchedName));
  return asked;
}

// What they have whom an external knows: there is no list of that, so some of these are looked at.
absl::StatusOr<Listed> ListAmongKnown(Directory& directory, const rpc::Call& call,
                                      ValuesAsked asked) {
  GUILDHALL_ASSIGN(asked.beginning,
                   GetSearchKey(directory.database, call.context(), asked.beginning));
  GUILDHALL_ASSIGN(FoundMembers known,
                   FindMembers(directory.database, call.context(), call.grant().viewer(), {}, {},
                               Spelling::kExact, kMaxCountedMembers + 1));
  Listed listed;
  listed.more_match = known.members.size() > static_cast<std::size_t>(kMaxCountedMembers);
  if (listed.more_match) known.members.pop_back();
  std::vector<const Match*> matches;
  for (const FoundMember& member : known.members) matches.push_back(&member.match);
  listed.values = ValuesOf(matches, asked);
  return listed;
}

absl::StatusOr<Listed> List(Directory& directory, const rpc::Call& call, const ValuesAsked& asked) {
  const access::Viewer& viewer = call.grant().viewer();
  if (viewer.affiliation() != Affiliation::kEmployee) {
    return ListAmongKnown(directory, call, asked);
  }
  Listed listed;
  GUILDHALL_ASSIGN(listed.values,
                   ListFacetValues(directory.database, call.context(), viewer, asked));
  return listed;
}

}  // namespace

absl::StatusOr<v1::ListFacetValuesResponse> ListFacetValues(
    Directory& directory, const rpc::Call& call, const v1::ListFacetValuesRequest& request) {
  constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};
  GUILDHALL_ASSIGN(ValuesAsked asked, AskedFrom(request));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kPageSize));
  if (!page.first()) asked.after = page.position().Text();
  asked.most = page.to_fetch();
  GUILDHALL_ASSIGN(Listed listed, List(directory, call, asked));
  v1::ListFacetValuesResponse response;
  const std::string next = page.Cut(listed.values, PositionOf);
  // Of whom is looked at anew for each page, others may be found first: no page goes on there.
  if (!listed.more_match) response.set_next_page_token(next);
  for (const Label& label : listed.values) response.add_values(label.said);
  response.set_more_match(listed.more_match);
  return response;
}

}  // namespace guildhall::directory
