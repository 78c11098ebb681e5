#include "libs/access/decide.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace guildhall::access {
namespace {

// The rules.
//
// A cell says what the caller gets: A allowed, d denied (seen, but not permitted), . hidden.
// Columns of one visibility are the standings that a caller may have towards the community:
//
//   o  outsider: does not see EMPLOYEES-only communities as an external, nor anything without being
//      a member of the organization. Holds for everybody, so it is what the others improve on.
//   a  admitted: an employee, or anybody where the community admits EVERYONE
//   p  owner of a parent or of any community above it, if admitted: administers the subtree, which
//      is its names, its rules and its people; what is written in a CLOSED or SECRET sub-community
//      stays with its members
//   m  member    r  moderator    w  owner
//
// A caller may have several (an employee who owns the parent and belongs to the child: o a p m) and
// gets the best of their cells, so that no right is lost by gaining another.
//
// What a cell denies is what names the community itself: that is seen. A thing in it is hidden from
// whoever may not read what is written there, whatever the cell says; MayKnow() has the rest.
//
// Whoever is banned from the community, or from one above it, has none of these standings: for it
// nothing of the community exists, whatever else is true of it.
//
// Columns without a community: n no member of the organization, e employee, x external, a an
// administrator, who is an employee beside. It decides about accounts: in communities, and over
// what is written there, it has no right that any employee lacks.
//
// The last column is about those who may: z for what rests, - for what goes on.
//
//   c  where the community rests, because it or one above it is archived: nobody writes, comes or
//      is given a role; whoever belongs may go, and who keeps order does, as by filing old topics
//   s  where the subject rests, because it is muted there or above: it says nothing, to others or
//      of the community, and keeps no order; it reads, flags, comes and goes as before
//
// What only reads never rests, whatever permission it takes, nor does what a reader keeps for
// itself.
struct Rule {
  Permission permission;
  std::string_view alone;   // nexa
  std::string_view open;    // oapmrw
  std::string_view closed;  // oapmrw
  std::string_view secret;  // oapmrw
  std::string_view rests;   // cs
  bool author_only;         // of an item; the table decides whether it is seen and may be written
};

constexpr std::string_view kNot = "......";  // not about a community

// clang-format off
constexpr Rule kRules[] = {
    //                                nexa    oapmrw    oapmrw    oapmrw    cs
    {Permission::kNone,             "....",  kNot,     kNot,     kNot,    "--", false},
    {Permission::kOwn,              "AAA.",  kNot,     kNot,     kNot,    "--", false},
    {Permission::kBrowse,           "AAA.",  kNot,     kNot,     kNot,    "--", false},
    {Permission::kMemberRead,       "AAA.",  kNot,     kNot,     kNot,    "--", false},
    {Permission::kCommunityCreate,  "dAd.", ".dAddA", ".dAddA", "..AddA", "zz", false},
    {Permission::kCommunityRead,    "....", ".AAAAA", ".AAAAA", "..AAAA", "--", false},
    {Permission::kCommunityEdit,    "....", ".dAddA", ".dAddA", "..AddA", "zz", false},
    {Permission::kCommunityJoin,    "....", ".AAAAA", ".AAAAA", "..AAAA", "z-", false},
    // Whoever belongs may go, and only who belongs is answered anything but NOT_FOUND: by the handler,
    // because a repeat must find its answer when the community is hidden from who has left.
    {Permission::kCommunityLeave,   "AAA.",  kNot,     kNot,     kNot,    "--", false},
    {Permission::kMembershipList,   "....", ".AAAAA", ".dAAAA", "..AAAA", "--", false},
    {Permission::kContentRead,      "....", ".AAAAA", ".ddAAA", "..dAAA", "--", false},
    {Permission::kContentCreate,    "....", ".ddAAA", ".ddAAA", "..dAAA", "zz", false},
    // Like posting: what was written stays as it was while its author does not belong there.
    {Permission::kContentEdit,      "....", ".ddAAA", ".ddAAA", "..dAAA", "zz", true},
    // Over whom, the ranks of both decide: in directory, which alone knows the other one's.
    {Permission::kCommunityModerate,"....", ".dAdAA", ".dAdAA", "..AdAA", "-z", false},
    {Permission::kAccountAdminister,"dddA",  kNot,     kNot,     kNot,    "--", false},
    {Permission::kCredential,       "AAA.",  kNot,     kNot,     kNot,    "--", false},
    {Permission::kCommunityArchive, "....", ".dAddA", ".dAddA", "..AddA", "-z", false},
    // Whoever belongs may lower its own role, and finds its answer when it repeats that; to others it
    // gives none, which directory says, as above.
    {Permission::kMembershipEdit,   "....", ".dAAAA", ".dAAAA", "..AAAA", "zz", false},
    {Permission::kMembershipAdmit,  "....", ".dAdAA", ".dAdAA", "..AdAA", "zz", false},
    // An owner above only where everybody may read; elsewhere it is given a role first.
    {Permission::kContentModerate,  "....", ".dAdAA", ".dddAA", "..ddAA", "-z", false},
};
// clang-format on

constexpr bool WellFormed() {
  int above = -1;
  for (const Rule& rule : kRules) {
    const int number = static_cast<int>(rule.permission);
    if (number <= above || number >= kPermissionEnd || rule.alone.size() != 4) return false;
    above = number;
    if (rule.rests.size() != 2) return false;
    for (const char cell : rule.rests) {
      if (cell != 'z' && cell != '-') return false;
    }
    for (const std::string_view row : {rule.open, rule.closed, rule.secret}) {
      if (row.size() != 6 || row[0] != '.') return false;
      for (const char cell : row) {
        if (cell != 'A' && cell != 'd' && cell != '.') return false;
      }
    }
  }
  return true;
}
static_assert(WellFormed(), "one row per permission, in order, of well-formed cells");

// By number; null for numbers that are nobody's.
constexpr auto kRuleOf = [] {
  std::array<const Rule*, kPermissionEnd> rules{};
  for (const Rule& rule : kRules) rules[static_cast<std::size_t>(rule.permission)] = &rule;
  return rules;
}();

Decision Meaning(char cell) {
  return cell == 'A' ? Decision::kAllow : cell == 'd' ? Decision::kDenied : Decision::kHidden;
}

char Better(char one, char other) {
  constexpr std::string_view kWorstFirst = ".dA";
  return kWorstFirst[std::max(kWorstFirst.find(one), kWorstFirst.find(other))];
}

// The best cell of a subject that is asked about no community.
char CellAlone(std::string_view row, const SubjectFacts& facts) {
  constexpr std::size_t kAdministrator = 3;
  const char cell = row[static_cast<std::size_t>(facts.affiliation)];
  if (!facts.administrator || facts.affiliation != Affiliation::kEmployee) return cell;
  return Better(cell, row[kAdministrator]);
}

// The best cell among the standings that the subject has.
char BestCell(std::string_view row, Affiliation affiliation, const CommunityFacts& community) {
  constexpr std::size_t kAdmitted = 1, kParentOwner = 2, kFirstRole = 3;
  char best = row[0];
  if (affiliation == Affiliation::kNone) return best;
  const bool admitted =
      affiliation == Affiliation::kEmployee || community.admits == Admits::kEveryone;
  if (admitted) best = Better(best, row[kAdmitted]);
  if (admitted && community.owns_ancestor) best = Better(best, row[kParentOwner]);
  if (community.role != Role::kNone) {
    const auto role = static_cast<std::size_t>(community.role) - 1;
    best = Better(best, row[kFirstRole + role]);
  }
  return best;
}

const Rule& RuleOf(Permission permission) { return *kRuleOf[static_cast<std::size_t>(permission)]; }

// What `permission` gives the subject in a community that exists.
Decision InCommunity(Permission permission, Affiliation affiliation,
                     const CommunityFacts& community) {
  const Rule& rule = RuleOf(permission);
  const std::string_view row = community.visibility == Visibility::kOpen     ? rule.open
                               : community.visibility == Visibility::kClosed ? rule.closed
                                                                             : rule.secret;
  return Meaning(BestCell(row, affiliation, community));
}

// Whether the subject may know that there is such a thing in the community. A deleted one is known
// to its author, and to whoever keeps order where order is kept: who deleted it repeats the
// request.
bool MayKnow(Permission permission, const ItemFacts& item, const Subject& subject,
             const CommunityFacts& community) {
  const auto may = [&](Permission right) {
    return InCommunity(right, subject.facts.affiliation, community) == Decision::kAllow;
  };
  const bool moderates =
      permission == Permission::kContentModerate && may(Permission::kContentModerate);
  if (!item.exists || (item.deleted && item.author != subject.member && !moderates)) return false;
  return may(Permission::kContentRead);
}

}  // namespace

Decision DecideScope(Scope scope, Permission permission, Effect effect) {
  if (scope == Scope::kSession) return Decision::kAllow;
  if (permission == Permission::kCredential || permission == Permission::kAccountAdminister) {
    return Decision::kSessionRequired;
  }
  if (scope == Scope::kWrite || effect == Effect::kReads) return Decision::kAllow;
  return Decision::kReadOnly;
}

Decision DecideRest(Permission permission, Effect effect, const CommunityFacts* community) {
  constexpr std::size_t kWhenArchived = 0, kWhenMuted = 1;
  if (effect == Effect::kReads || community == nullptr) return Decision::kAllow;
  const std::string_view rests = RuleOf(permission).rests;
  if (community->archived && rests[kWhenArchived] == 'z') return Decision::kArchived;
  if (community->muted && rests[kWhenMuted] == 'z') return Decision::kMuted;
  return Decision::kAllow;
}

bool IsPermission(int number) {
  return number >= 0 && number < kPermissionEnd && kRuleOf[static_cast<std::size_t>(number)];
}

bool IsAboutCommunity(Permission permission) { return RuleOf(permission).open != kNot; }

Decision Decide(Permission permission, const Subject& subject, const CommunityFacts* community,
                const ItemFacts* item) {
  if (!subject.facts.session_live) return Decision::kSessionEnded;
  const Rule& rule = RuleOf(permission);
  if (!IsAboutCommunity(permission) || community == nullptr) {
    return Meaning(CellAlone(rule.alone, subject.facts));
  }
  if (!community->exists || community->banned) return Decision::kHidden;
  if (item != nullptr ? !MayKnow(permission, *item, subject, *community) : rule.author_only) {
    return Decision::kHidden;
  }
  const Decision decision = InCommunity(permission, subject.facts.affiliation, *community);
  const bool allowed = decision == Decision::kAllow;
  if (allowed && rule.author_only && item->author != subject.member) return Decision::kDenied;
  return decision;
}

}  // namespace guildhall::access
