#pragma once

#include <string>
#include <vector>

#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {

using Names = std::vector<std::string>;

// Members with profiles, and who finds them.
struct SearchFixture : ApiFixture {
  // `profile` as SQL sets it.
  MemberId Add(std::string_view name, const std::string& profile,
               Affiliation affiliation = Affiliation::kEmployee) {
    const MemberId id = AddMember(name, affiliation);
    Run("UPDATE members SET " + profile + " WHERE id = '" + id.ToString() + "'");
    return id;
  }
  absl::StatusOr<v1::SearchMembersResponse> Send(const v1::SearchMembersRequest& request) {
    return Call(access::Permission::kBrowse, SearchMembers, request);
  }
  v1::SearchMembersResponse Search(const v1::SearchMembersRequest& request) {
    const auto response = Send(request);
    REQUIRE(response.ok());
    return *response;
  }

  static Names NamesIn(const v1::SearchMembersResponse& response) {
    Names names;
    for (const v1::Member& member : response.members()) names.push_back(member.display_name());
    return names;
  }
  // Those whom a search finds that counts all of them.
  Names Found(const v1::SearchMembersRequest& request) {
    const v1::SearchMembersResponse response = Search(request);
    const Names names = NamesIn(response);
    CHECK(response.total_size() == static_cast<int>(names.size()));
    return names;
  }
};

}  // namespace guildhall::directory
