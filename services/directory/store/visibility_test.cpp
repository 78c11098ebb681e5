// Who may know of a community is said in C++ for one community and in SQL for lists. These tests
// hold the two against each other.
#include <algorithm>
#include <catch2/catch.hpp>
#include <utility>

#include "libs/access/decide.h"
#include "services/directory/store/charter_store.h"
#include "services/directory/store/community_store.h"
#include "services/directory/store/directory_fixture.h"
#include "services/directory/store/facts_store.h"
#include "services/directory/store/member_communities.h"
#include "services/directory/store/member_store.h"

namespace guildhall::directory {
namespace {

constexpr Visibility kVisibilities[] = {Visibility::kOpen, Visibility::kClosed,
                                        Visibility::kSecret};
constexpr Admits kAdmissions[] = {Admits::kEmployees, Admits::kEveryone};

// Of communities that are listed, or read in a batch.
template <typename Told>
bool IsListed(const std::vector<Told>& communities, CommunityId id) {
  return std::any_of(communities.begin(), communities.end(),
                     [&](const Told& told) { return told.community.id == id; });
}

bool IsToReview(const std::vector<OverdueCharter>& charters, CommunityId id) {
  return std::any_of(charters.begin(), charters.end(),
                     [&](const OverdueCharter& charter) { return charter.community == id; });
}

// Every standing that a viewer may have towards a community below another.
struct Standing {
  MemberId member;
  Affiliation affiliation;
};

class World : public TestDirectory {
 public:
  World() {
    for (const Affiliation affiliation : {Affiliation::kEmployee, Affiliation::kExternal}) {
      for (const Role role : {Role::kNone, Role::kMember, Role::kModerator, Role::kOwner}) {
        for (const bool owns_parent : {false, true}) AddViewer(affiliation, role, owns_parent);
      }
    }
    for (const Visibility visibility : kVisibilities) {
      for (const Admits admits : kAdmissions) AddChild(visibility, admits);
    }
  }

  void Ban(CommunityId community) {
    for (const Standing& viewer : viewers) {
      Run("INSERT INTO bans VALUES ('" + viewer.member.ToString() + "', '" + community.ToString() +
          "', '', '" + viewer.member.ToString() + "', now())");
    }
  }
  // How many of all (viewer, community) are seen; each as Decide says, and listed as that.
  int CompareLists() {
    const CommunityStore store(**this);
    int seen = 0;
    for (const Standing& viewer : viewers) {
      const access::Viewer eyes = ViewerOf(viewer.member, viewer.affiliation);
      const auto list = store.List(context(), eyes, {}, {}, 100);
      const auto newest = store.List(context(), eyes, {.order = CommunityOrder::kNewest}, {}, 100);
      const auto largest =
          store.List(context(), eyes, {.order = CommunityOrder::kLargest}, {}, 100);
      const auto batch = store.GetAll(context(), eyes, communities);
      const auto below = store.List(context(), eyes, {.parent = parent}, {}, 100);
      const auto deep = store.List(context(), eyes, {.ancestor = parent}, {}, 100);
      const auto top = store.List(context(), eyes, {.level = Level::kTop}, {}, 100);
      const auto mine = store.ListMine(context(), eyes, {}, 100);
      const auto theirs =
          ListMemberCommunities(**this, context(), eyes, somebody, Archived::kShown, {}, 100);
      const auto overdue =
          ListOverdueCharters(**this, context(), eyes, absl::Now() + absl::Minutes(1), {}, 100);
      REQUIRE(overdue.ok());
      REQUIRE((deep.ok() && top.ok() && theirs.ok()));
      REQUIRE((list.ok() && newest.ok() && largest.ok() && batch.ok() && below.ok() && mine.ok()));
      for (const ListedCommunity& listed : *list) {
        CHECK(listed.is_parent == (listed.community.id == parent && !below->empty()));
      }
      for (const CommunityId id : communities) {
        const FactsQuestion question{viewer.member, id};
        const auto facts = GetFacts(**this, context(), {&question, 1});
        REQUIRE(facts.ok());
        const access::CommunityFacts& community = facts->at(0).community;
        const access::Subject subject{viewer.member, {true, facts->at(0).affiliation}};
        const bool visible = access::Decide(access::Permission::kCommunityRead, subject, &community,
                                            nullptr) == access::Decision::kAllow;
        for (const auto* shown : {&*list, &*newest, &*largest, &*below, &*deep}) {
          CHECK(IsListed(*shown, id) == visible);
        }
        CHECK(IsListed(*batch, id) == visible);
        const bool sees_members = access::Decide(access::Permission::kMembershipList, subject,
                                                 &community, nullptr) == access::Decision::kAllow;
        CHECK(Says("sees_members_of", viewer, id) == sees_members);
        const bool keeps_order = access::Decide(access::Permission::kCommunityModerate, subject,
                                                &community, nullptr) == access::Decision::kAllow;
        CHECK(Says("keeps_order_in", viewer, id) == keeps_order);
        CHECK(IsModeratedBy(viewer, id) == keeps_order);
        const bool edits = access::Decide(access::Permission::kCommunityEdit, subject, &community,
                                          nullptr) == access::Decision::kAllow;
        CHECK(IsToReview(*overdue, id) == edits);
        CHECK(IsListed(*top, id) == (visible && !IsListed(*top, parent)));
        CHECK(std::any_of(theirs->begin(), theirs->end(), [&](const MemberCommunity& entry) {
                return entry.community.id == id;
              }) == sees_members);
        const bool is_mine = std::any_of(mine->begin(), mine->end(), [&](const auto& entry) {
          return entry.community.id == id;
        });
        CHECK(is_mine == (visible && community.role != Role::kNone));
        seen += visible;
      }
    }
    return seen;
  }

  std::vector<Standing> viewers;
  std::vector<CommunityId> communities;
  const CommunityId parent = AddCommunity("Parent", Visibility::kOpen, Admits::kEveryone);
  // Belongs wherever somebody may.
  const MemberId somebody = AddMember("Somebody");

 private:
  // What a function of SQL says of a viewer and a community.
  bool Says(const std::string& function, const Standing& viewer, CommunityId id) {
    const bool external = viewer.affiliation != Affiliation::kEmployee;
    return Ask("SELECT " + function + "('" + viewer.member.ToString() + "', " +
               (external ? "true" : "false") + ", c) FROM communities c WHERE id = '" +
               id.ToString() + "'") == "t";
  }

  bool IsModeratedBy(const Standing& viewer, CommunityId id) {
    const bool external = viewer.affiliation != Affiliation::kEmployee;
    return Ask("SELECT '" + id.ToString() + "' IN (SELECT communities_moderated_by('" +
               viewer.member.ToString() + "', " + (external ? "true" : "false") + "))") == "t";
  }

  void AddViewer(Affiliation affiliation, Role role, bool owns_parent) {
    const MemberId member = AddMember("Viewer", affiliation);
    viewers.push_back({member, affiliation});
    roles_.push_back(role);
    if (owns_parent) AddMembership(parent, member, Role::kOwner);
  }

  void AddChild(Visibility visibility, Admits admits) {
    const std::string name = "Child " + std::to_string(communities.size());
    const CommunityId child = AddCommunity(name, visibility, admits, parent);
    for (std::size_t i = 0; i < viewers.size(); ++i) {
      if (roles_[i] != Role::kNone) AddMembership(child, viewers[i].member, roles_[i]);
    }
    AddMembership(child, somebody);
    Run("INSERT INTO charters (community_id, review_time, version) VALUES ('" + child.ToString() +
        "', now(), 1)");
    communities.push_back(child);
  }

  std::vector<Role> roles_;
};

TEST_CASE_METHOD(World, "lists show exactly the communities that one by one are seen") {
  const int all = static_cast<int>(viewers.size() * communities.size());
  const int seen = CompareLists();
  // Neither everything nor nothing, or the comparison would compare nothing.
  CHECK(seen > 0);
  CHECK(seen < all);
  Ban(communities[0]);
  const int without_one = CompareLists();
  CHECK(without_one > 0);
  CHECK(without_one < seen);
  Ban(parent);
  CHECK(CompareLists() == 0);
}

TEST_CASE_METHOD(TestDirectory, "who is banned reads no names of those who are there") {
  const MemberId customer = AddMember("Carla", Affiliation::kExternal), helper = AddMember("Hugo");
  const CommunityId forum = AddCommunity("Forum", Visibility::kOpen, Admits::kEveryone);
  AddMembership(AddCommunity("Ovens", Visibility::kOpen, Admits::kEveryone, forum), helper);
  const auto external = ViewerOf(customer, Affiliation::kExternal);
  REQUIRE(GetMembers(**this, context(), external, {&helper, 1})->size() == 1);
  Run("INSERT INTO bans VALUES ('" + customer.ToString() + "', '" + forum.ToString() + "', '', '" +
      helper.ToString() + "', now())");
  CHECK(GetMembers(**this, context(), external, {&helper, 1})->empty());
}

TEST_CASE_METHOD(TestDirectory, "a parent that the viewer may not know is left out of its child") {
  const CommunityId parent = AddCommunity("Merger", Visibility::kSecret);
  const CommunityId child =
      AddCommunity("Merger legal", Visibility::kSecret, Admits::kEmployees, parent);
  const MemberId insider = AddMember("Ines");
  AddMembership(child, insider);
  const CommunityStore store(**this);
  const auto hidden = store.List(context(), ViewerOf(insider), {}, {}, 10);
  REQUIRE(hidden->size() == 1);
  CHECK(!hidden->at(0).community.parent);
  // So it stands at the top for who knows nothing above.
  CHECK(store.List(context(), ViewerOf(insider), {.level = Level::kTop}, {}, 10)->size() == 1);

  AddMembership(parent, insider);
  const auto known = store.List(context(), ViewerOf(insider), {.parent = parent}, {}, 10);
  REQUIRE(known->size() == 1);
  CHECK(known->at(0).community.parent == parent);
  const auto top = store.List(context(), ViewerOf(insider), {.level = Level::kTop}, {}, 10);
  REQUIRE(top->size() == 1);
  CHECK(top->at(0).community.id == parent);
  CHECK(top->at(0).is_parent);
}

TEST_CASE_METHOD(TestDirectory, "an external member knows those with whom it shares a community") {
  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  const MemberId helper = AddMember("Hugo"), stranger = AddMember("Stella");
  const CommunityId forum = AddCommunity("Forum", Visibility::kOpen, Admits::kEveryone);
  AddMembership(forum, customer);
  AddMembership(forum, helper);
  const std::vector<MemberId> all{customer, helper, stranger};
  const auto known = GetMembers(**this, context(), ViewerOf(customer, Affiliation::kExternal), all);
  CHECK(known->size() == 2);
  CHECK(GetMembers(**this, context(), ViewerOf(helper), all)->size() == 3);
}

TEST_CASE_METHOD(TestDirectory, "of who posts where everybody reads an external knows the name") {
  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  const MemberId helper = AddMember("Hugo"), closed = AddMember("Clara"), inner = AddMember("Ina");
  Run("UPDATE members SET headline = 'Baker', skills = '{Rye}'");
  AddMembership(AddCommunity("Forum", Visibility::kOpen, Admits::kEveryone), helper);
  AddMembership(AddCommunity("Trial", Visibility::kClosed, Admits::kEveryone), closed);
  AddMembership(AddCommunity("Bakers", Visibility::kOpen, Admits::kEmployees), inner);
  const std::vector<MemberId> all{helper, closed, inner};
  const auto external = ViewerOf(customer, Affiliation::kExternal);
  const auto seen = GetMembers(**this, context(), external, all);
  REQUIRE(seen->size() == 1);
  CHECK(seen->at(0).profile == Profile{.display_name = "Hugo"});
  CHECK(seen->at(0).affiliation == Affiliation::kEmployee);

  AddMembership(AddCommunity("Shared", Visibility::kSecret, Admits::kEveryone), helper);
  CHECK(GetMembers(**this, context(), external, all)->at(0).profile.headline.empty());
  Run("INSERT INTO memberships SELECT community_id, '" + customer.ToString() +
      "', 1, now() FROM memberships WHERE community_id = (SELECT id FROM communities WHERE "
      "display_name = 'Shared')");
  CHECK(GetMembers(**this, context(), external, all)->at(0).profile.headline == "Baker");
}

TEST_CASE_METHOD(TestDirectory, "whoever is no member of the organization sees nothing") {
  const MemberId helper = AddMember("Hugo");
  AddMembership(AddCommunity("Forum", Visibility::kOpen, Admits::kEveryone), helper);
  const auto nobody = ViewerOf(MemberId(), Affiliation::kNone);
  CHECK(CommunityStore(**this).List(context(), nobody, {}, {}, 10)->empty());
  CHECK(GetMembers(**this, context(), nobody, {&helper, 1})->empty());
}

TEST_CASE_METHOD(TestDirectory, "a name taken by a secret community is free for others") {
  AddCommunity("Phoenix", Visibility::kSecret);
  AddCommunity("Phoenix", Visibility::kOpen);
  CHECK(Ask("SELECT count(*) FROM communities") == "2");
}

}  // namespace
}  // namespace guildhall::directory
