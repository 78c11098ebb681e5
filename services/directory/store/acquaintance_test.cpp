// Who may know whom is said in the domain for one and in SQL for many. This test holds the two
// against each other, for every community by which somebody may be known and each two of them.
#include "services/directory/domain/acquaintance.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "services/directory/store/directory_fixture.h"
#include "services/directory/store/member_store.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {
namespace {

using Viewer = Ground::Viewer;
using With = Acquaintance::With;

struct Other {
  MemberId id;
  std::vector<Ground> grounds;
};

struct World : TestDirectory {
  World() {
    Add({});
    for (const bool from_above : {false, true}) {
      for (const auto visibility : {Visibility::kOpen, Visibility::kClosed, Visibility::kSecret}) {
        for (const Admits admits : {Admits::kEmployees, Admits::kEveryone}) {
          for (const Viewer viewer : {Viewer::kStranger, Viewer::kMember, Viewer::kBanned}) {
            AddGround({visibility, admits, viewer}, from_above);
          }
        }
      }
    }
    for (std::size_t i = 0; i < grounds.size(); ++i) {
      Add({i});
      Add({i, (i + 1) % grounds.size()});
      Add({i, (i + 7) % grounds.size()});
    }
    Run("UPDATE members SET headline = 'Baker'");
  }

  // What the statements tell somebody of another.
  Known Told(const access::Viewer& viewer, MemberId id) {
    const auto members = GetMembers(**this, context(), viewer, {&id, 1});
    REQUIRE(members.ok());
    if (members->empty()) return Known::kNothing;
    return members->at(0).profile.headline.empty() ? Known::kName : Known::kProfile;
  }
  // Whether somebody may name another in a write.
  bool Holds(const access::Viewer& viewer, MemberId id) {
    const auto held =
        (**this).Transact<bool>(context(), [&](postgres::Work& work) -> absl::StatusOr<bool> {
          const auto affiliation = HoldMemberInSight(work, viewer, id);
          return affiliation.ok() && affiliation->has_value();
        });
    REQUIRE(held.ok());
    return *held;
  }

  const MemberId employee = AddMember("Emma"),
                 external = AddMember("Carla", Affiliation::kExternal);
  std::vector<Ground> grounds;
  std::vector<Other> others;

 private:
  // A community below another one, from which, or from that one, the viewers may be banned.
  void AddGround(const Ground& ground, bool from_above) {
    const std::string name = std::to_string(grounds.size());
    const CommunityId parent = AddCommunity("Above " + name);
    const CommunityId id = AddCommunity(name, ground.visibility, ground.admits, parent);
    for (const MemberId viewer : {employee, external}) {
      if (ground.viewer == Viewer::kMember) AddMembership(id, viewer);
      if (ground.viewer == Viewer::kBanned) Ban(viewer, from_above ? parent : id);
    }
    grounds.push_back(ground);
    communities_.push_back(id);
  }

  void Ban(MemberId viewer, CommunityId from) {
    Run("INSERT INTO bans SELECT '" + viewer.ToString() + "', '" + from.ToString() + "', '', '" +
        viewer.ToString() + "', now()");
  }

  void Add(const std::vector<std::size_t>& where) {
    Other other{.id = AddMember("Somebody")};
    for (const std::size_t i : where) {
      AddMembership(communities_[i], other.id);
      other.grounds.push_back(grounds[i]);
    }
    others.push_back(other);
  }

  std::vector<CommunityId> communities_;
};

TEST_CASE_METHOD(World, "statements tell exactly those who may be known, and as much of each") {
  int told[3] = {0, 0, 0};
  for (const auto& [id, affiliation] :
       {std::pair(employee, Affiliation::kEmployee), std::pair(external, Affiliation::kExternal)}) {
    const access::Viewer viewer = ViewerOf(id, affiliation);
    CHECK(Told(viewer, id) == Knows({.with = With::kItself, .viewer = affiliation}));
    for (const Other& other : others) {
      const Known known = Knows({.viewer = affiliation, .grounds = other.grounds});
      CHECK(Told(viewer, other.id) == known);
      CHECK(Holds(viewer, other.id) == (known != Known::kNothing));
      ++told[static_cast<int>(known)];
    }
  }
  // Each of the three, or the comparison would compare little.
  CHECK(std::ranges::all_of(told, [](int count) { return count > 5; }));
  CHECK(Told(ViewerOf(MemberId(), Affiliation::kNone), others[0].id) == Known::kNothing);
}

}  // namespace
}  // namespace guildhall::directory
