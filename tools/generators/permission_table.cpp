#include "tools/generators/permission_table.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/policy.pb.h"
#include "libs/access/policy.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "tools/generators/documentation.h"
#include "tools/generators/markdown.h"
#include "tools/generators/permission_conditions.h"
#include "tools/generators/permission_head.h"

namespace guildhall::generators {
namespace {

namespace pb = google::protobuf;

using access::CommunityFacts;
using access::Decision;
using access::MethodPolicy;
using access::Permission;

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
  std::string_view name;
  Visibility visibility;
};

constexpr Place kPlaces[] = {
    {"an OPEN community", Visibility::kOpen},
    {"a CLOSED community", Visibility::kClosed},
    {"a SECRET community", Visibility::kSecret},
};

std::string_view Word(Decision decision) {
  switch (decision) {
    case Decision::kAllow:
      return "allowed";
    case Decision::kDenied:
      return "denied";
    case Decision::kHidden:
      return "hidden";
    default:
      return "?";  // What else there is depends on a session, a token or a state: see Acts.
  }
}

const MemberId kCaller(Uuid{{1}}), kAnother(Uuid{{2}});

access::Subject SubjectOf(const Standing& standing) {
  return {kCaller,
          {.session_live = true,
           .affiliation = standing.affiliation,
           .administrator = standing.administrator}};
}

// What a standing gets that asks about a community, or about something that is written in one.
std::string Cell(Permission permission, bool about_item, Visibility visibility,
                 const Standing& standing, const Decider& decide) {
  const access::Subject subject = SubjectOf(standing);
  const CommunityFacts community{.exists = true,
                                 .visibility = visibility,
                                 .admits = standing.admits,
                                 .role = standing.role,
                                 .owns_ancestor = standing.owns_ancestor,
                                 .banned = standing.banned};
  if (!about_item) return std::string(Word(decide(permission, subject, &community, nullptr)));
  const access::ItemFacts own{true, kCaller}, foreign{true, kAnother};
  const Decision of_own = decide(permission, subject, &community, &own);
  const Decision of_foreign = decide(permission, subject, &community, &foreign);
  if (of_own == of_foreign) return std::string(Word(of_own));
  if (of_own == Decision::kAllow && of_foreign == Decision::kDenied) return "own only";
  return absl::StrCat("own: ", Absl(Word(of_own)), ", other's: ", Absl(Word(of_foreign)));
}

std::vector<std::string> NamesOf(std::string_view first, std::span<const Standing> standings) {
  std::vector<std::string> names{std::string(first)};
  for (const Standing& standing : standings) names.emplace_back(standing.name);
  return names;
}

// What is allowed without a community: everything, or what is the caller's own, or what it may see.
std::string_view AllowedOf(Permission permission) {
  switch (permission) {
    case Permission::kOwn:
    case Permission::kCredential:
    case Permission::kCommunityLeave:
      return "its own";
    case Permission::kBrowse:
    case Permission::kMemberRead:
      return "what it sees";
    default:
      return "allowed";
  }
}

std::string Name(const MethodPolicy& method) {
  return absl::StrCat("`", method.descriptor->service()->name(), ".", method.descriptor->name(),
                      "`");
}

std::string Doing(const MethodPolicy& method) {
  return FirstSentence(Documentation(*method.descriptor));
}

// A right, and the acts that take it.
class Right {
 public:
  Right(const pb::EnumValueDescriptor& right, std::vector<const MethodPolicy*> acts)
      : right_(right),
        permission_(static_cast<Permission>(right.number())),
        acts_(std::move(acts)) {}

  std::string Part(const Decider& decide, PermissionConditions& conditions) const {
    constexpr std::string_view kPrefix = "PERMISSION_";
    std::string out = absl::StrCat("\n## ", right_.name().substr(kPrefix.size()), "\n\n",
                                   Documentation(right_), "\n");
    if (!IsAboutCommunity() || permission_ == Permission::kCommunityCreate) out += Alone(decide);
    if (IsAboutCommunity()) out += InCommunities(decide);
    return out + Acts(conditions);
  }

 private:
  bool IsAboutCommunity() const { return access::IsAboutCommunity(permission_); }

  std::string Alone(const Decider& decide) const {
    std::vector<std::string> cells{"the organization"};
    for (const Standing& standing : kAlone) {
      const Decision decision = decide(permission_, SubjectOf(standing), nullptr, nullptr);
      cells.emplace_back(decision == Decision::kAllow ? AllowedOf(permission_) : Word(decision));
    }
    return MarkdownHead(NamesOf("in", kAlone)) + MarkdownRow(cells);
  }

  std::string InCommunities(const Decider& decide) const {
    std::string out = MarkdownHead(NamesOf("about", kStandings));
    for (const bool about_item : {false, true}) {
      if (std::none_of(acts_.begin(), acts_.end(),
                       [&](const auto* act) { return act->IsAboutItem() == about_item; })) {
        continue;
      }
      for (const Place& place : kPlaces) {
        std::vector<std::string> cells{
            absl::StrCat(about_item ? "something in " : "", Absl(place.name))};
        for (const Standing& standing : kStandings) {
          cells.push_back(Cell(permission_, about_item, place.visibility, standing, decide));
        }
        out += MarkdownRow(cells);
      }
    }
    return out;
  }

  std::string Acts(PermissionConditions& conditions) const {
    std::vector<std::string> head{"act", "what it does", "also refused with", "access token"};
    if (IsAboutCommunity()) head.insert(head.end(), {"about", "archived", "muted"});
    std::string out = MarkdownHead(head);
    for (const MethodPolicy* act : acts_) {
      std::vector<std::string> cells{Name(*act), Doing(*act), conditions.Of(*act->descriptor),
                                     Token(*act)};
      if (IsAboutCommunity()) {
        cells.emplace_back(act->IsAboutItem() ? "something in it" : "the community");
        cells.push_back(Rests(*act, {.exists = true, .archived = true}));
        cells.push_back(Rests(*act, {.exists = true, .muted = true}));
      }
      out += MarkdownRow(cells);
    }
    return out;
  }

  static std::string Token(const MethodPolicy& act) {
    for (const auto& [scope, name] :
         {std::pair{access::Scope::kRead, "READ"}, std::pair{access::Scope::kWrite, "WRITE"}}) {
      if (access::DecideScope(scope, act.permission, act.effect) == Decision::kAllow) return name;
    }
    return "none";
  }

  static std::string Rests(const MethodPolicy& act, const CommunityFacts& community) {
    const Decision decision = access::DecideRest(act.permission, act.effect, &community);
    return decision == Decision::kAllow ? "goes on" : "rests";
  }

  const pb::EnumValueDescriptor& right_;
  Permission permission_;
  std::vector<const MethodPolicy*> acts_;
};

// Of whom no right is asked.
std::string Others(const access::PolicyTable& policies, access::Audience audience,
                   std::string_view title, std::string_view explanation,
                   PermissionConditions& conditions) {
  std::string out = absl::StrCat("\n## ", Absl(title), "\n\n", Absl(explanation), "\n",
                                 MarkdownHead({"act", "what it does", "also refused with"}));
  for (const MethodPolicy& method : policies.methods()) {
    if (method.audience != audience) continue;
    out += MarkdownRow({Name(method), Doing(method), conditions.Of(*method.descriptor)});
  }
  return out;
}

}  // namespace

absl::StatusOr<std::string> PermissionTable(std::span<const pb::ServiceDescriptor* const> services,
                                            std::span<const pb::EnumDescriptor* const> reasons,
                                            const Decider& decide) {
  GUILDHALL_ASSIGN(const access::PolicyTable policies, access::PolicyTable::FromServices(services));
  std::string out(kPermissionHead);
  PermissionConditions conditions(reasons);
  const pb::EnumDescriptor& rights = *services.front()->file()->pool()->FindEnumTypeByName(
      policy::v1::Permission_descriptor()->full_name());
  for (int i = 0; i < rights.value_count(); ++i) {
    std::vector<const MethodPolicy*> acts;
    for (const MethodPolicy& method : policies.methods()) {
      const bool takes_it = method.audience == access::Audience::kSignedIn &&
                            static_cast<int>(method.permission) == rights.value(i)->number();
      if (takes_it) acts.push_back(&method);
    }
    if (!acts.empty()) out += Right(*rights.value(i), std::move(acts)).Part(decide, conditions);
  }
  out += Others(policies, access::Audience::kAnyone, "Without signing in",
                "Anybody may try, as often as the limits of attempts allow.", conditions);
  out += Others(policies, access::Audience::kService, "Between services",
                "No gateway has a route to these: whoever holds the services' key calls them.",
                conditions);
  return absl::StrCat(out, "\n## Reasons\n\nWhat the reasons above mean.\n",
                      conditions.Explained());
}

}  // namespace guildhall::generators
