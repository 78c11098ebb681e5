// Where no owner can act, as administrators are told.
#include <algorithm>
#include <set>

#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"
#include "services/directory/api/appoint_owner.h"
#include "services/directory/domain/appointment.h"
#include "services/directory/store/suspension_store.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kFieldInvalid;
using policy::reasons::kNotPermitted;
using policy::reasons::kPageTokenInvalid;
using resources::Name;
using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  Fixture() {
    AddMembership(bakers, owner, Role::kOwner);
    AddMembership(bakers, member);
    AsAdministrator(administrator);
  }
  void Suspend(MemberId id, bool suspended = true) {
    const absl::Status status =
        (**this).Transact(context(), [&](postgres::Work& work) -> absl::Status {
          LockSuspensions(work);
          return NoteSuspensions(work, {{id, suspended}});
        });
    REQUIRE(status.ok());
  }
  absl::StatusOr<v1::ListOwnerlessCommunitiesResponse> List(
      const v1::ListOwnerlessCommunitiesRequest& request = {}) {
    return Call(Permission::kAccountAdminister, ListOwnerlessCommunities, request);
  }
  Names Listed() {
    const auto page = List();
    REQUIRE(page.ok());
    return {page->communities().begin(), page->communities().end()};
  }
  void Ban(MemberId banned, CommunityId community) {
    Run("INSERT INTO bans SELECT '" + banned.ToString() + "', '" + community.ToString() +
        "', '', '" + member.ToString() + "', now()");
  }
  void Mute(MemberId muted, CommunityId community) {
    Run("INSERT INTO mutes SELECT '" + muted.ToString() + "', '" + community.ToString() +
        "', '', '" + member.ToString() + "', now()");
  }
  // A community below another, with an owner of one of them who stands so.
  CommunityId AddOwned(Admits admits, const OwnerStanding& standing) {
    const CommunityId above = AddCommunity("Above", Visibility::kSecret, Admits::kEveryone);
    const CommunityId community = AddCommunity("Below", Visibility::kSecret, admits, above);
    const MemberId owning = standing.imported ? AddImported("Somebody", standing.affiliation)
                                              : AddMember("Somebody", standing.affiliation);
    AddMembership(standing.owns == OwnerStanding::Owns::kIt ? community : above, owning,
                  Role::kOwner);
    if (standing.suspended) Suspend(owning);
    if (standing.banned) Ban(owning, community);
    if (standing.muted) Mute(owning, community);
    return community;
  }
  void EndMemberships(CommunityId community) {
    Run("DELETE FROM memberships WHERE community_id = '" + community.ToString() + "'");
  }

  const MemberId administrator = AddMember("Ada"), owner = AddMember("Olga"),
                 member = AddMember("Mia");
  const CommunityId bakers = AddCommunity("Bakers");
};

TEST_CASE_METHOD(Fixture, "a community is listed as long as none of its owners can act") {
  const MemberId second = AddMember("Otto");
  AddMembership(bakers, second, Role::kOwner);
  CHECK(Listed().empty());
  Suspend(owner);
  CHECK(Listed().empty());
  Suspend(second);
  CHECK(Listed() == Names{Name(bakers)});
  Suspend(owner, false);
  CHECK(Listed().empty());
}

TEST_CASE_METHOD(Fixture, "one that nobody owns any more is listed") {
  EndMemberships(bakers);
  CHECK(Listed() == Names{Name(bakers)});
  AddMembership(bakers, member, Role::kModerator);
  CHECK(Listed() == Names{Name(bakers)});
  Run("UPDATE memberships SET role = 3");
  CHECK(Listed().empty());
  Run("UPDATE memberships SET role = 2");
  CHECK(Listed() == Names{Name(bakers)});
}

TEST_CASE_METHOD(Fixture, "an owner above can act in all below, one below in none above") {
  const CommunityId cakes = AddCommunity("Cakes", Visibility::kOpen, Admits::kEmployees, bakers);
  const CommunityId tarts = AddCommunity("Tarts", Visibility::kOpen, Admits::kEmployees, cakes);
  CHECK(Listed().empty());
  Suspend(owner);
  CHECK(Listed() == Names{Name(tarts), Name(cakes), Name(bakers)});
  AddMembership(cakes, member, Role::kOwner);
  CHECK(Listed() == Names{Name(bakers)});
  Ban(member, tarts);
  CHECK(Listed() == Names{Name(tarts), Name(bakers)});
}

TEST_CASE_METHOD(Fixture, "an external owner above can act where it is admitted") {
  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  const CommunityId guests = AddCommunity("Guests", Visibility::kOpen, Admits::kEveryone);
  AddMembership(guests, customer, Role::kOwner);
  AddCommunity("Tables", Visibility::kOpen, Admits::kEveryone, guests);
  const CommunityId staff = AddCommunity("Staff", Visibility::kOpen, Admits::kEmployees, guests);
  CHECK(Listed() == Names{Name(staff)});
  CHECK(AppointOwner(**this, staff, member, SystemClock().Now()).ok());
  CHECK(Listed().empty());
}

TEST_CASE_METHOD(Fixture, "what is archived waits for nobody") {
  Suspend(owner);
  Run("UPDATE communities SET archived = true");
  CHECK(Listed().empty());
}

TEST_CASE_METHOD(Fixture, "of a SECRET community administrators learn nothing but that it waits") {
  const CommunityId vault = AddCommunity("Vault", Visibility::kSecret);
  CHECK(Listed() == Names{Name(vault)});
  const auto hidden =
      Call(Permission::kCommunityRead, GetCommunity, v1::GetCommunityRequest(), vault);
  CHECK(hidden.status() == access::NotFound());
  v1::BatchGetCommunitiesRequest names;
  names.add_names(Name(vault));
  names.add_names(Name(bakers));
  CHECK(Call(Permission::kBrowse, BatchGetCommunities, names)->communities_size() == 1);
}

TEST_CASE_METHOD(Fixture, "nobody but administrators is told") {
  As(owner);
  CHECK(Is(List().status(), kNotPermitted));
  As(AddMember("Carla", Affiliation::kExternal));
  CHECK(Is(List().status(), kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "pages hold each once, and their tokens are one caller's") {
  Suspend(owner);
  std::set<std::string> all{Name(bakers)};
  for (int i = 0; i < 6; ++i) all.insert(Name(AddCommunity("Guild " + std::to_string(i))));
  // Of one time, as an import brings them.
  Run("UPDATE communities SET create_time = now()");
  v1::ListOwnerlessCommunitiesRequest request;
  request.set_page_size(2);
  std::multiset<std::string> listed;
  do {
    const auto page = List(request);
    REQUIRE(page.ok());
    CHECK(page->communities_size() <= 2);
    listed.insert(page->communities().begin(), page->communities().end());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  CHECK(listed == std::multiset<std::string>(all.begin(), all.end()));
  request.set_page_token(List(request)->next_page_token());
  AsAdministrator(AddMember("Bob"));
  CHECK(Is(List(request).status(), kPageTokenInvalid));
  request.clear_page_token();
  request.set_page_size(-1);
  CHECK(Is(List(request).status(), kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "a community waits as long as its owners are muted there") {
  Mute(owner, bakers);
  CHECK(Listed() == Names{Name(bakers)});
  Run("DELETE FROM mutes");
  CHECK(Listed().empty());
  // A mute in another community changes nothing here.
  Mute(owner, AddCommunity("Cakes", Visibility::kOpen, Admits::kEmployees, bakers));
  CHECK(std::ranges::count(Listed(), Name(bakers)) == 0);
}

// The rule is said thrice: in the domain, in the list and where an operator appoints.
TEST_CASE_METHOD(Fixture, "administrators are told and operators appoint as the domain says") {
  const MemberId fresh = AddMember("Fay");
  int acting = 0;
  for (unsigned bits = 0; bits < 128; ++bits) {
    const Admits admits = bits & 1 ? Admits::kEveryone : Admits::kEmployees;
    const OwnerStanding standing{
        .owns = bits & 2 ? OwnerStanding::Owns::kOneAbove : OwnerStanding::Owns::kIt,
        .affiliation = bits & 4 ? Affiliation::kExternal : Affiliation::kEmployee,
        .suspended = (bits & 8) != 0,
        .imported = (bits & 64) != 0,
        .banned = (bits & 16) != 0,
        .muted = (bits & 32) != 0};
    const CommunityId community = AddOwned(admits, standing);
    const bool can_act = CanAct({.admits = admits}, standing);
    acting += can_act;
    INFO(bits);
    CHECK((std::ranges::count(Listed(), Name(community)) == 0) == can_act);
    CHECK(!AppointOwner(**this, community, fresh, SystemClock().Now()).ok() == can_act);
    EndMemberships(community);
    Run("UPDATE communities SET archived = true");
  }
  CHECK(acting == 7);
}

// Where owners stand at different depths.
TEST_CASE_METHOD(Fixture, "an operator appoints somebody exactly in what is listed") {
  std::vector<CommunityId> communities{bakers};
  for (int i = 0; i < 12; ++i) {
    communities.push_back(AddCommunity("Guild " + std::to_string(i), Visibility::kOpen,
                                       Admits::kEmployees, communities[i / 3]));
    const MemberId one = AddMember("One"),
                   other = AddMember("Other",
                                     i % 2 == 0 ? Affiliation::kEmployee : Affiliation::kExternal);
    if (i % 2 == 0) AddMembership(communities.back(), one, Role::kOwner);
    if (i % 3 == 0) AddMembership(communities.back(), other, Role::kOwner);
    if (i % 4 == 0) Suspend(one);
    if (i % 5 == 0) Ban(other, communities[i / 4]);
  }
  Suspend(owner);
  const Names listed = Listed();
  CHECK(listed.size() > 2);
  CHECK(listed.size() < communities.size());
  const MemberId fresh = AddMember("Fay");
  for (auto community = communities.rbegin(); community != communities.rend(); ++community) {
    const bool appointed = AppointOwner(**this, *community, fresh, SystemClock().Now()).ok();
    CHECK(appointed == (std::ranges::count(listed, Name(*community)) == 1));
    if (appointed) EndMemberships(*community);
  }
}

}  // namespace
}  // namespace guildhall::directory
