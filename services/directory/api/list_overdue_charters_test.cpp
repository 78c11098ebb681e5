// Which charters are to be looked at again, and by whom.
#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kFieldInvalid;
using policy::reasons::kPageTokenInvalid;
using Names = std::vector<std::string>;
using resources::Name;

struct Fixture : ApiFixture {
  CommunityId Add(std::string_view name, int days_overdue, std::optional<CommunityId> parent = {},
                  Visibility visibility = Visibility::kOpen) {
    const CommunityId id = AddCommunity(name, visibility, Admits::kEmployees, parent);
    Run("INSERT INTO charters (community_id, review_time, version) VALUES ('" + id.ToString() +
        "', now() - " + std::to_string(days_overdue) + " * interval '1 day', 1)");
    return id;
  }
  absl::StatusOr<v1::ListOverdueChartersResponse> Ask(
      const v1::ListOverdueChartersRequest& request) {
    return Call(Permission::kBrowse, ListOverdueCharters, request);
  }
  // What `member` is told, page by page.
  Names Of(MemberId member, int page_size = 0) {
    As(member);
    v1::ListOverdueChartersRequest request;
    request.set_page_size(page_size);
    Names names;
    do {
      const auto page = Ask(request);
      REQUIRE(page.ok());
      for (const v1::OverdueCharter& charter : page->charters()) {
        CHECK(charter.review_time().seconds() > 0);
        names.push_back(charter.community());
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  void SetReview(CommunityId id, absl::Time time) {
    v1::UpdateCharterRequest request;
    request.mutable_charter()->set_community(Name(id));
    request.mutable_charter()->mutable_review_time()->set_seconds(absl::ToUnixSeconds(time));
    request.mutable_update_mask()->add_paths("review_time");
    request.set_request_id(NewRequestId());
    REQUIRE(Call(Permission::kCommunityEdit, UpdateCharter, request, id).ok());
  }

  const MemberId lead = AddMember("Lea"), above = AddMember("Abe"), member = AddMember("Mia");
  const CommunityId guild = Add("Guild", 1), bakers = Add("Bakers", 3, guild),
                    secret = Add("Ovens", 2, bakers, Visibility::kSecret),
                    next = Add("Millers", -1, guild), others = Add("Others", 9);
  Fixture() {
    AddMembership(guild, above, Role::kOwner);
    AddMembership(bakers, lead, Role::kOwner);
    AddMembership(bakers, member, Role::kModerator);
    AddMembership(guild, member);
  }
};

TEST_CASE_METHOD(Fixture, "owners, and owners above, are told what is overdue, longest first") {
  CHECK(Of(lead) == Names{Name(bakers), Name(secret)});
  CHECK(Of(above) == Names{Name(bakers), Name(secret), Name(guild)});
  CHECK(Of(member).empty());
}

TEST_CASE_METHOD(Fixture, "a charter is overdue from its time on, until it gets a later one") {
  Later(absl::Hours(25));
  CHECK(Of(above).size() == 4);
  As(lead);
  SetReview(bakers, absl::Now() + absl::Hours(24 * 365));
  CHECK(Of(lead) == Names{Name(secret)});
  As(lead);
  SetReview(bakers, absl::Now() - absl::Hours(24 * 365));
  CHECK(Of(lead) == Names{Name(bakers), Name(secret)});
  Run("UPDATE charters SET review_time = NULL");
  CHECK(Of(lead).empty());
}

TEST_CASE_METHOD(Fixture, "what is archived is left out") {
  Run("UPDATE communities SET archived = true WHERE display_name = 'Bakers'");
  CHECK(Of(lead) == Names{Name(secret)});
}

TEST_CASE_METHOD(Fixture, "whoever is banned above, or owns no more, is told nothing") {
  Run("INSERT INTO bans (member_id, community_id, creator_id, create_time) VALUES ('" +
      above.ToString() + "', '" + bakers.ToString() + "', '" + lead.ToString() + "', now())");
  CHECK(Of(above) == Names{Name(guild)});
  Run("UPDATE memberships SET role = 2");
  CHECK(Of(above).empty());
  CHECK(Of(lead).empty());
}

TEST_CASE_METHOD(Fixture, "an external owner above is told of what admits it") {
  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  AddMembership(guild, customer, Role::kOwner);
  CHECK(Of(customer) == Names{Name(guild)});
  Run("UPDATE communities SET admits = 2 WHERE display_name = 'Bakers'");
  CHECK(Of(customer) == Names{Name(bakers), Name(guild)});
}

TEST_CASE_METHOD(Fixture, "pages hold each once, and are of one caller") {
  Run("UPDATE charters SET review_time = '2020-01-01' WHERE review_time < now()");
  const Names all = Of(above, 1);
  CHECK(all.size() == 3);
  CHECK(std::set<std::string>(all.begin(), all.end()).size() == 3);
  v1::ListOverdueChartersRequest request;
  request.set_page_size(1);
  request.set_page_token(Ask(request)->next_page_token());
  As(lead);
  CHECK(Is(Ask(request).status(), kPageTokenInvalid));
  request.clear_page_token();
  request.set_page_size(-1);
  CHECK(Is(Ask(request).status(), kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "a charter that is written first is listed") {
  const CommunityId choir = AddCommunity("Choir");
  AddMembership(choir, lead, Role::kOwner);
  As(lead);
  SetReview(choir, absl::Now() - absl::Hours(24 * 30));
  CHECK(Of(lead) == Names{Name(choir), Name(bakers), Name(secret)});
}

}  // namespace
}  // namespace guildhall::directory
