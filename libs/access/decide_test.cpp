// Every combination of facts against an oracle that was written from the sentences of the plan, not
// from the table.
#include "libs/access/decide.h"

#include <catch2/catch.hpp>
#include <sstream>
#include <vector>

namespace guildhall::access {
namespace {

const MemberId kCaller = *MemberId::Parse("018f0000-0000-7000-8000-000000000001");
const MemberId kSomebody = *MemberId::Parse("018f0000-0000-7000-8000-000000000002");

struct Case {
  Permission permission;
  Subject subject;
  std::optional<CommunityFacts> community;
  std::optional<ItemFacts> item;
};

Decision Decided(const Case& c) {
  return Decide(c.permission, c.subject, c.community ? &*c.community : nullptr,
                c.item ? &*c.item : nullptr);
}

std::vector<CommunityFacts> EveryCommunity() {
  std::vector<CommunityFacts> all;
  for (const bool exists : {false, true}) {
    for (const auto visibility : {Visibility::kOpen, Visibility::kClosed, Visibility::kSecret}) {
      for (const auto admits : {Admits::kEmployees, Admits::kEveryone}) {
        for (const auto role : {Role::kNone, Role::kMember, Role::kModerator, Role::kOwner}) {
          for (const bool owns_ancestor : {false, true}) {
            for (const bool banned : {false, true}) {
              all.push_back({exists, visibility, admits, role, owns_ancestor, banned});
            }
          }
        }
      }
    }
  }
  return all;
}

template <typename Function>
void ForEveryCase(Function function) {
  std::vector<std::optional<CommunityFacts>> communities = {std::nullopt};
  for (const CommunityFacts& community : EveryCommunity()) communities.push_back(community);
  const std::vector<std::optional<ItemFacts>> items = {std::nullopt,
                                                       ItemFacts{},
                                                       ItemFacts{true, kSomebody},
                                                       ItemFacts{true, kCaller},
                                                       ItemFacts{true, kSomebody, true},
                                                       ItemFacts{true, kCaller, true}};
  for (int permission = 0; permission < kPermissionEnd; ++permission) {
    if (!IsPermission(permission)) continue;
    for (const bool live : {false, true}) {
      for (const auto affiliation :
           {Affiliation::kNone, Affiliation::kEmployee, Affiliation::kExternal}) {
        for (const auto& community : communities) {
          for (const auto& item : items) {
            for (const bool administrator : {false, true}) {
              function(Case{static_cast<Permission>(permission),
                            {kCaller, {live, affiliation, administrator}},
                            community,
                            item});
            }
          }
        }
      }
    }
  }
}

// The oracle.

bool IsMember(const Case& c) {
  return c.subject.facts.affiliation != Affiliation::kNone && c.community->role != Role::kNone;
}
bool Admitted(const Case& c) {
  switch (c.subject.facts.affiliation) {
    case Affiliation::kEmployee:
      return true;
    case Affiliation::kExternal:
      return c.community->admits == Admits::kEveryone;
    case Affiliation::kNone:
      return false;
  }
  return false;
}
bool Administers(const Case& c) {
  return (IsMember(c) && c.community->role == Role::kOwner) ||
         (Admitted(c) && c.community->owns_ancestor);
}
bool Sees(const Case& c) {
  if (!c.community->exists || c.community->banned) return false;
  if (IsMember(c) || Administers(c)) return true;
  return Admitted(c) && c.community->visibility != Visibility::kSecret;
}
bool Reads(const Case& c) {
  return Sees(c) && (c.community->visibility == Visibility::kOpen || IsMember(c));
}
bool MayOnceSeen(const Case& c) {
  const bool open = c.community->visibility == Visibility::kOpen;
  switch (c.permission) {
    case Permission::kCommunityRead:
    case Permission::kCommunityJoin:
      return true;
    case Permission::kCommunityCreate:
    case Permission::kCommunityEdit:
    case Permission::kCommunityArchive:
      return Administers(c);
    case Permission::kMembershipEdit:
      return IsMember(c) || Administers(c);
    case Permission::kCommunityModerate:
    case Permission::kMembershipAdmit:
      return Administers(c) || (IsMember(c) && c.community->role == Role::kModerator);
    case Permission::kContentModerate:
      return (open && Administers(c)) || (IsMember(c) && c.community->role >= Role::kModerator);
    case Permission::kMembershipList:
      return open || IsMember(c) || Administers(c);
    case Permission::kContentRead:
      return Reads(c);
    case Permission::kContentCreate:
      return IsMember(c);
    case Permission::kContentEdit:
      return IsMember(c) && c.item->author == c.subject.member;
    default:
      return false;
  }
}
Decision Oracle(const Case& c) {
  if (!c.subject.facts.session_live) return Decision::kSessionEnded;
  if (c.permission == Permission::kOwn || c.permission == Permission::kBrowse ||
      c.permission == Permission::kMemberRead || c.permission == Permission::kCommunityLeave ||
      c.permission == Permission::kCredential) {
    return Decision::kAllow;
  }
  if (c.permission == Permission::kAccountAdminister) {
    const SubjectFacts& facts = c.subject.facts;
    return facts.administrator && facts.affiliation == Affiliation::kEmployee ? Decision::kAllow
                                                                              : Decision::kDenied;
  }
  if (c.permission == Permission::kCommunityCreate && !c.community) {
    return c.subject.facts.affiliation == Affiliation::kEmployee ? Decision::kAllow
                                                                 : Decision::kDenied;
  }
  if (c.permission == Permission::kNone || !c.community || !Sees(c)) return Decision::kHidden;
  if (c.item && (!c.item->exists || !Reads(c))) return Decision::kHidden;
  const bool keeps_order = c.permission == Permission::kContentModerate && MayOnceSeen(c);
  if (c.item && c.item->deleted && c.item->author != c.subject.member && !keeps_order) {
    return Decision::kHidden;
  }
  if (c.permission == Permission::kContentEdit && !c.item) return Decision::kHidden;
  return MayOnceSeen(c) ? Decision::kAllow : Decision::kDenied;
}

std::string Describe(const Case& c) {
  std::ostringstream out;
  out << "permission " << static_cast<int>(c.permission) << " live " << c.subject.facts.session_live
      << " affiliation " << static_cast<int>(c.subject.facts.affiliation) << " administrator "
      << c.subject.facts.administrator;
  if (c.community) {
    out << " exists " << c.community->exists << " visibility "
        << static_cast<int>(c.community->visibility) << " admits "
        << static_cast<int>(c.community->admits) << " role " << static_cast<int>(c.community->role)
        << " owns_ancestor " << c.community->owns_ancestor << " banned " << c.community->banned;
  }
  if (c.item) {
    out << " item " << c.item->exists << (c.item->author == kCaller ? " own" : "")
        << (c.item->deleted ? " deleted" : "");
  }
  return out.str();
}

TEST_CASE("every decision is the one that the plan's sentences give") {
  int cases = 0;
  std::vector<std::string> wrong;
  ForEveryCase([&](const Case& c) {
    ++cases;
    if (Decided(c) != Oracle(c)) wrong.push_back(Describe(c));
  });
  CHECK(wrong == std::vector<std::string>{});
  CHECK(cases == 20 * 2 * 3 * 193 * 6 * 2);
}

TEST_CASE("a session does all that its member may, a token that writes nothing about accounts") {
  for (int number = 0; number < kPermissionEnd; ++number) {
    if (!IsPermission(number)) continue;
    const auto permission = static_cast<Permission>(number);
    const bool about_accounts =
        permission == Permission::kCredential || permission == Permission::kAccountAdminister;
    for (const Effect effect : {Effect::kReads, Effect::kWrites}) {
      CHECK(DecideScope(Scope::kSession, permission, effect) == Decision::kAllow);
      CHECK(DecideScope(Scope::kWrite, permission, effect) ==
            (about_accounts ? Decision::kSessionRequired : Decision::kAllow));
    }
  }
}

TEST_CASE("a token that reads may do what one that writes may, and change nothing") {
  for (int number = 0; number < kPermissionEnd; ++number) {
    if (!IsPermission(number)) continue;
    const auto permission = static_cast<Permission>(number);
    CHECK(DecideScope(Scope::kRead, permission, Effect::kReads) ==
          DecideScope(Scope::kWrite, permission, Effect::kReads));
    CHECK(DecideScope(Scope::kRead, permission, Effect::kWrites) != Decision::kAllow);
  }
}

// Those that DecideRest answers with `decision` when they write.
std::vector<Permission> RestingWith(const CommunityFacts& community, Decision decision) {
  std::vector<Permission> resting;
  for (int number = 0; number < kPermissionEnd; ++number) {
    if (!IsPermission(number)) continue;
    const auto permission = static_cast<Permission>(number);
    CHECK(DecideRest(permission, Effect::kReads, &community) == Decision::kAllow);
    if (DecideRest(permission, Effect::kWrites, &community) == decision) {
      resting.push_back(permission);
    }
  }
  return resting;
}

TEST_CASE("in an archived community nobody writes, edits, comes or is given a role") {
  CHECK(RestingWith({.exists = true, .archived = true}, Decision::kArchived) ==
        std::vector{Permission::kCommunityCreate, Permission::kCommunityEdit,
                    Permission::kCommunityJoin, Permission::kContentCreate,
                    Permission::kContentEdit, Permission::kMembershipEdit,
                    Permission::kMembershipAdmit});
}

TEST_CASE("in an archived community order is kept, members go and owners wake it") {
  const CommunityFacts archived{.exists = true, .archived = true};
  for (const auto permission : {Permission::kCommunityModerate, Permission::kContentModerate,
                                Permission::kCommunityLeave, Permission::kCommunityArchive}) {
    CHECK(DecideRest(permission, Effect::kWrites, &archived) == Decision::kAllow);
  }
}

TEST_CASE("whoever is muted says nothing and keeps no order, and comes and goes as before") {
  CHECK(RestingWith({.exists = true, .muted = true}, Decision::kMuted) ==
        std::vector{Permission::kCommunityCreate, Permission::kCommunityEdit,
                    Permission::kContentCreate, Permission::kContentEdit,
                    Permission::kCommunityModerate, Permission::kCommunityArchive,
                    Permission::kMembershipEdit, Permission::kMembershipAdmit,
                    Permission::kContentModerate});
}

TEST_CASE("that a community is archived is told before that the caller is muted") {
  const CommunityFacts both{.exists = true, .archived = true, .muted = true};
  CHECK(DecideRest(Permission::kContentCreate, Effect::kWrites, &both) == Decision::kArchived);
  CHECK(DecideRest(Permission::kContentModerate, Effect::kWrites, &both) == Decision::kMuted);
}

TEST_CASE("where nobody is muted and nothing archived, nothing rests") {
  CHECK(RestingWith({.exists = true}, Decision::kArchived).empty());
  CHECK(RestingWith({.exists = true}, Decision::kMuted).empty());
  CHECK(DecideRest(Permission::kCommunityCreate, Effect::kWrites, nullptr) == Decision::kAllow);
}

TEST_CASE("a session that ended allows nothing") {
  int allowed = 0;
  ForEveryCase([&](Case c) {
    c.subject.facts.session_live = false;
    allowed += Decided(c) != Decision::kSessionEnded;
  });
  CHECK(allowed == 0);
}

TEST_CASE("an administrator decides about accounts and has no other right that others lack") {
  int different = 0, compared = 0;
  ForEveryCase([&](Case c) {
    if (!c.subject.facts.administrator || c.permission == Permission::kAccountAdminister) return;
    const Decision decision = Decided(c);
    c.subject.facts.administrator = false;
    different += Decided(c) != decision;
    ++compared;
  });
  CHECK(different == 0);
  CHECK(compared > 0);
}

TEST_CASE("an external learns nothing of a community for employees unless it belongs to it") {
  int seen = 0;
  ForEveryCase([&](const Case& c) {
    if (!IsAboutCommunity(c.permission) || !c.community || !c.subject.facts.session_live) return;
    if (c.subject.facts.affiliation != Affiliation::kExternal) return;
    if (c.community->admits != Admits::kEmployees || c.community->role != Role::kNone) return;
    seen += Decided(c) != Decision::kHidden;
  });
  CHECK(seen == 0);
}

TEST_CASE("a SECRET community and one that does not exist answer outsiders alike") {
  int different = 0;
  ForEveryCase([&](const Case& c) {
    if (!c.community || c.community->visibility != Visibility::kSecret) return;
    if (c.community->role != Role::kNone || c.community->owns_ancestor) return;
    Case absent = c;
    absent.community = CommunityFacts{};
    different += Decided(c) != Decided(absent);
  });
  CHECK(different == 0);
}

TEST_CASE("for whoever is banned the community is one that does not exist") {
  int different = 0, compared = 0;
  ForEveryCase([&](const Case& c) {
    if (!c.community || !c.community->banned) return;
    Case absent = c;
    absent.community = CommunityFacts{};
    different += Decided(c) != Decided(absent);
    ++compared;
  });
  CHECK(different == 0);
  CHECK(compared > 0);
}

TEST_CASE("a thing that may not be read and one that does not exist answer alike") {
  int different = 0, compared = 0;
  ForEveryCase([&](Case c) {
    if (!c.community || !c.item) return;
    const Permission asked = c.permission;
    c.permission = Permission::kContentRead;
    if (Decided(c) == Decision::kAllow) return;
    c.permission = asked;
    // What it deleted is there for who keeps order, to do that: the test below.
    if (asked == Permission::kContentModerate && c.item->deleted) return;
    Case absent = c;
    absent.item = ItemFacts{};
    different += Decided(c) != Decided(absent);
    ++compared;
  });
  CHECK(different == 0);
  CHECK(compared > 0);
}

TEST_CASE("a deleted thing exists for its author alone") {
  const Subject reader{kCaller, {true, Affiliation::kEmployee}};
  const CommunityFacts community{true, Visibility::kOpen, Admits::kEmployees, Role::kMember, false};
  const ItemFacts own{true, kCaller, true}, foreign{true, kSomebody, true};
  for (const auto permission :
       {Permission::kContentRead, Permission::kContentCreate, Permission::kContentEdit}) {
    CHECK(Decide(permission, reader, &community, &own) == Decision::kAllow);
    CHECK(Decide(permission, reader, &community, &foreign) == Decision::kHidden);
  }
}

TEST_CASE("who keeps order finds what it deleted, and only to keep order") {
  const Subject subject{kCaller, {true, Affiliation::kEmployee}};
  const ItemFacts deleted{true, kSomebody, true};
  CommunityFacts community{true, Visibility::kClosed, Admits::kEmployees, Role::kModerator};
  const auto decided = [&](Permission permission) {
    return Decide(permission, subject, &community, &deleted);
  };
  CHECK(decided(Permission::kContentModerate) == Decision::kAllow);
  CHECK(decided(Permission::kContentRead) == Decision::kHidden);
  community.role = Role::kMember;
  CHECK(decided(Permission::kContentModerate) == Decision::kHidden);
}

TEST_CASE("gaining a role or a parent's ownership never takes a right away") {
  const auto rank = [](Decision decision) {
    return decision == Decision::kAllow ? 2 : decision == Decision::kDenied ? 1 : 0;
  };
  int lost = 0;
  ForEveryCase([&](const Case& c) {
    if (!c.community) return;
    Case owner_above = c;
    owner_above.community->owns_ancestor = true;
    lost += rank(Decided(owner_above)) < rank(Decided(c));
    if (c.community->role == Role::kOwner) return;
    Case promoted = c;
    promoted.community->role = static_cast<Role>(static_cast<int>(c.community->role) + 1);
    lost += rank(Decided(promoted)) < rank(Decided(c));
  });
  CHECK(lost == 0);
}

TEST_CASE("an employee who owns a parent administers the subtree and reads no closed content") {
  for (const auto visibility : {Visibility::kClosed, Visibility::kSecret}) {
    const Subject owner{kCaller, {true, Affiliation::kEmployee}};
    const CommunityFacts child{true, visibility, Admits::kEmployees, Role::kNone, true};
    CHECK(Decide(Permission::kCommunityRead, owner, &child, nullptr) == Decision::kAllow);
    CHECK(Decide(Permission::kCommunityEdit, owner, &child, nullptr) == Decision::kAllow);
    CHECK(Decide(Permission::kMembershipList, owner, &child, nullptr) == Decision::kAllow);
    CHECK(Decide(Permission::kContentRead, owner, &child, nullptr) == Decision::kDenied);
  }
}

}  // namespace
}  // namespace guildhall::access
