#include "tools/generators/permission_table.h"

#include <optional>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/access/policy.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"

namespace guildhall::generators {
namespace {

using access::CommunityFacts;
using access::Decision;
using access::MethodPolicy;

// A column: how somebody stands to the organization and to the community.
struct Standing {
  std::string_view name;
  Affiliation affiliation;
  Admits admits;
  Role role = Role::kNone;
  bool owns_ancestor = false;
  bool banned = false;
  bool administrator = false;
};

constexpr Standing kStandings[] = {
    {"no member of the organization", Affiliation::kNone, Admits::kEveryone},
    {"external, not admitted", Affiliation::kExternal, Admits::kEmployees},
    {"external, admitted", Affiliation::kExternal, Admits::kEveryone},
    {"employee", Affiliation::kEmployee, Admits::kEmployees},
    {"pending", Affiliation::kEmployee, Admits::kEmployees},
    {"owner above", Affiliation::kEmployee, Admits::kEmployees, Role::kNone, true},
    {"member", Affiliation::kEmployee, Admits::kEmployees, Role::kMember},
    {"moderator", Affiliation::kEmployee, Admits::kEmployees, Role::kModerator},
    {"owner", Affiliation::kEmployee, Admits::kEmployees, Role::kOwner},
    {"banned", Affiliation::kEmployee, Admits::kEmployees, Role::kOwner, true, true},
};

// Without a community the affiliation counts, and who administers the organization.
constexpr Standing kAlone[] = {
    {"no member of the organization", Affiliation::kNone, Admits::kEveryone},
    {"external", Affiliation::kExternal, Admits::kEveryone},
    {"employee", Affiliation::kEmployee, Admits::kEveryone},
    {"administrator", Affiliation::kEmployee, Admits::kEveryone, Role::kNone, false, false, true},
};

struct Place {
  std::string_view title;
  std::optional<Visibility> visibility;
};

constexpr Place kPlaces[] = {
    {"Without a community", std::nullopt},
    {"In an OPEN community", Visibility::kOpen},
    {"In a CLOSED community", Visibility::kClosed},
    {"In a SECRET community", Visibility::kSecret},
};

std::string_view Word(Decision decision) {
  switch (decision) {
    case Decision::kAllow:
      return "allowed";
    case Decision::kDenied:
      return "denied";
    case Decision::kHidden:
      return "hidden";
    case Decision::kSessionEnded:
      return "session ended";
    case Decision::kReadOnly:
      return "read only";
    case Decision::kSessionRequired:
      return "session required";
    case Decision::kArchived:
      return "archived";
    case Decision::kMuted:
      return "muted";
  }
  return "?";
}

// What one standing gets from one method in one place, with an item of its own or of another.
std::string Cell(const MethodPolicy& method, const Place& place, const Standing& standing,
                 const Decider& decide) {
  const MemberId caller(Uuid{{1}}), another(Uuid{{2}});
  const access::Subject subject{caller,
                                {.session_live = true,
                                 .affiliation = standing.affiliation,
                                 .administrator = standing.administrator}};
  if (!place.visibility)
    return std::string(Word(decide(method.permission, subject, nullptr, nullptr)));
  const CommunityFacts community{.exists = true,
                                 .visibility = *place.visibility,
                                 .admits = standing.admits,
                                 .role = standing.role,
                                 .owns_ancestor = standing.owns_ancestor,
                                 .banned = standing.banned};
  if (!method.IsAboutItem()) {
    return std::string(Word(decide(method.permission, subject, &community, nullptr)));
  }
  const access::ItemFacts own{true, caller}, foreign{true, another};
  const Decision of_own = decide(method.permission, subject, &community, &own);
  const Decision of_foreign = decide(method.permission, subject, &community, &foreign);
  if (of_own == of_foreign) return std::string(Word(of_own));
  if (of_own == Decision::kAllow && of_foreign == Decision::kDenied) return "own only";
  return absl::StrCat("own: ", Absl(Word(of_own)), ", other's: ", Absl(Word(of_foreign)));
}

std::string ShortName(const MethodPolicy& method) {
  return absl::StrCat(method.descriptor->service()->name(), ".", method.descriptor->name());
}

// Whether the method is shown in this place: those about communities in each of the three, the
// others and the founding of a community without a parent in the first.
bool IsShown(const MethodPolicy& method, const Place& place) {
  if (place.visibility) return access::IsAboutCommunity(method.permission);
  return !access::IsAboutCommunity(method.permission) ||
         method.permission == access::Permission::kCommunityCreate;
}

std::string Line(const std::vector<std::string>& cells) {
  return absl::StrCat("| ", absl::StrJoin(cells, " | "), " |\n");
}

std::string Section(const access::PolicyTable& policies, const Place& place,
                    const Decider& decide) {
  const auto standings =
      place.visibility ? std::span<const Standing>(kStandings) : std::span<const Standing>(kAlone);
  std::vector<std::string> head{"method"};
  for (const Standing& standing : standings) head.emplace_back(standing.name);
  std::string out = absl::StrCat("\n## ", Absl(place.title), "\n\n", Line(head),
                                 Line(std::vector<std::string>(head.size(), "---")));
  for (const MethodPolicy& method : policies.methods()) {
    if (method.audience != access::Audience::kSignedIn || !IsShown(method, place)) continue;
    std::vector<std::string> cells{ShortName(method)};
    for (const Standing& standing : standings) {
      cells.push_back(Cell(method, place, standing, decide));
    }
    out += Line(cells);
  }
  return out;
}

// What an access token lets its owner do at most.
std::string Tokens(const access::PolicyTable& policies) {
  std::string out = absl::StrCat("\n## With an access token\n\n", Line({"method", "READ", "WRITE"}),
                                 Line({"---", "---", "---"}));
  for (const MethodPolicy& method : policies.methods()) {
    if (method.audience != access::Audience::kSignedIn) continue;
    std::vector<std::string> cells{ShortName(method)};
    for (const access::Scope scope : {access::Scope::kRead, access::Scope::kWrite}) {
      const Decision decision = access::DecideScope(scope, method.permission, method.effect);
      cells.emplace_back(decision == Decision::kAllow ? "as its owner" : Word(decision));
    }
    out += Line(cells);
  }
  return out;
}

// What rests in a community that is archived, and for whoever is muted.
std::string Resting(const access::PolicyTable& policies) {
  std::string out =
      absl::StrCat("\n## Where the community is archived, and for whoever is muted\n\n",
                   Line({"method", "archived", "muted"}), Line({"---", "---", "---"}));
  CommunityFacts archived, muted;
  archived.archived = true;
  muted.muted = true;
  for (const MethodPolicy& method : policies.methods()) {
    if (method.audience != access::Audience::kSignedIn) continue;
    if (!access::IsAboutCommunity(method.permission)) continue;
    std::vector<std::string> cells{ShortName(method)};
    for (const CommunityFacts* community : {&archived, &muted}) {
      const Decision decision = access::DecideRest(method.permission, method.effect, community);
      cells.emplace_back(decision == Decision::kAllow ? "as ever" : Word(decision));
    }
    out += Line(cells);
  }
  return out;
}

std::string Open(const access::PolicyTable& policies, access::Audience audience,
                 std::string_view title) {
  std::string out = absl::StrCat("\n## ", Absl(title), "\n\n");
  for (const MethodPolicy& method : policies.methods()) {
    if (method.audience == audience) absl::StrAppend(&out, "* ", ShortName(method), "\n");
  }
  return out;
}

constexpr std::string_view kHead = R"(# Who may call what

Generated from the policies in `protos/` and from `libs/access/decide.cpp` by `tools/dev fmt`;
`tools/dev check` compares. A change here is a change of rights: review it as one.

* **allowed**; **own only**: allowed where the caller is the author, else denied; **denied**: the
  caller sees it but may not (PERMISSION_DENIED); **hidden**: for the caller it does not exist
  (NOT_FOUND).
* A method that names a thing in a community (a topic, a post) is hidden from whoever may not read
  what is written there; one that names the community is denied.
* Lists and batches are allowed to everybody and hold only what the caller may see. Which members
  somebody sees is narrowed by directory's query: for externals those who share a community, and
  by name those who belong to an OPEN one that admits everybody.
* "owner above": owns the parent or any community above it. Roles are shown for employees; an
  external member with a role has the rights of the role. Whoever has several gets the best of them.
* "pending": an employee who has asked to join or is invited, which gives no right.
* "banned": from the community or from one above it, whatever else is true.
* Over whom somebody who keeps order may do so, the ranks of both decide; so they do for
  UpdateMembership, by which whoever is no owner lowers its own role and gives none.
* With an access token: "as its owner" is what the other tables say of whoever made it; **read
  only**: refused with TOKEN_READ_ONLY; **session required**: with SESSION_REQUIRED (both
  PERMISSION_DENIED), whatever there is or is not.
* Where a community, or one above it, is archived, and for whoever is muted in it or above: "as
  ever" is what the other tables say; **archived**: whoever may is refused with COMMUNITY_ARCHIVED;
  **muted**: with MEMBER_MUTED (both PERMISSION_DENIED). Whoever may not is told what it always is.
  By AcceptInvitation nobody comes into an archived community, either.
* An administrator of the organization has in communities the rights of any employee.
* "no member of the organization": signed in, and directory knows no such member (yet). "external,
  admitted": the community admits EVERYONE; "not admitted": employees alone.
* A suspended account has no session: it may call what anyone may, and nothing else.
* RestorePost also needs the right where the post was removed, if its topic has moved since; else it
  is refused with NOT_REMOVED.
* Beside this table, whoever holds the settings of a service makes an administrator or an owner
  (`issue-administrator-secret`, `first_administrator_file`, `appoint-owner`): the log of changes
  tells of each.
)";

}  // namespace

absl::StatusOr<std::string> PermissionTable(
    std::span<const google::protobuf::ServiceDescriptor* const> services, const Decider& decide) {
  GUILDHALL_ASSIGN(const access::PolicyTable policies, access::PolicyTable::FromServices(services));
  std::string out(kHead);
  for (const Place& place : kPlaces) out += Section(policies, place, decide);
  out += Tokens(policies);
  out += Resting(policies);
  out += Open(policies, access::Audience::kAnyone, "For anyone, signed in or not");
  out += Open(policies, access::Audience::kService, "For services only, without a route");
  return out;
}

}  // namespace guildhall::generators
