#include "services/directory/api/convert.h"

#include <fstream>
#include <sstream>

#include "absl/container/flat_hash_set.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/etag.h"
#include "libs/resources/names.h"
#include "libs/rpc/times.h"

namespace guildhall::directory {
namespace {

// The domain's enums carry the contract's numbers from 1 on.
template <typename To>
absl::StatusOr<To> EnumFrom(std::string_view field, int value, bool known) {
  if (value == 0 || !known) return WrongField(field, "is one of the values of the contract");
  return static_cast<To>(value);
}

void SetList(const google::protobuf::RepeatedPtrField<std::string>& from,
             std::vector<std::string>& to) {
  to.assign(from.begin(), from.end());
}

void AddList(const std::vector<std::string>& from,
             google::protobuf::RepeatedPtrField<std::string>& to) {
  to.Assign(from.begin(), from.end());
}

std::vector<WorkingHours> WorkingHoursFrom(
    const google::protobuf::RepeatedPtrField<v1::WorkingHours>& asked) {
  std::vector<WorkingHours> times;
  for (const v1::WorkingHours& time : asked) {
    times.push_back({time.start_minute(), time.end_minute()});
  }
  return times;
}

// What bans and mutes say alike.
template <typename Message>
void Fill(const Sanction& sanction, Message& out) {
  out.set_member(resources::Name(sanction.member));
  out.set_reason(sanction.reason);
  if (sanction.expire_time) *out.mutable_expire_time() = rpc::ToProto(*sanction.expire_time);
  out.set_creator(resources::Name(sanction.creator));
  *out.mutable_create_time() = rpc::ToProto(sanction.create_time);
}

// The names of the machine's zone table, read once. Asking Abseil for a zone by a caller's name
// would keep every name that was ever made up.
const absl::flat_hash_set<std::string>& Zones() {
  static const auto* const zones = [] {
    auto* names = new absl::flat_hash_set<std::string>();
    // Lines "Z Europe/Lisbon …" are zones, "L Europe/Lisbon Portugal" are links (zic(8), compact).
    std::ifstream table("/usr/share/zoneinfo/tzdata.zi");
    for (std::string line; std::getline(table, line);) {
      std::istringstream words(line);
      std::string kind, first, second;
      words >> kind >> first >> second;
      if (kind == "Z") names->insert(first);
      if (kind == "L") names->insert(second);
    }
    return names;
  }();
  return *zones;
}

// The rule of the domain knows the shape; whether a zone exists is known to the zone table alone.
absl::Status CheckZoneExists(const std::string& zone) {
  if (zone.empty() || Zones().contains(zone)) return absl::OkStatus();
  return WrongField("member.time_zone",
                    "is no name of the IANA tz database, such as Europe/Lisbon");
}

}  // namespace

v1::Member ToProto(const Member& member) {
  v1::Member out;
  const Profile& profile = member.profile;
  out.set_name(resources::Name(member.id));
  out.set_display_name(profile.display_name);
  out.set_headline(profile.headline);
  out.set_location(profile.location);
  out.set_time_zone(profile.time_zone);
  AddList(profile.skills, *out.mutable_skills());
  AddList(profile.interests, *out.mutable_interests());
  AddList(profile.projects, *out.mutable_projects());
  AddList(profile.languages, *out.mutable_languages());
  out.set_pronouns(profile.pronouns);
  for (const WorkingHours& time : profile.working_hours) {
    v1::WorkingHours& stretch = *out.add_working_hours();
    stretch.set_start_minute(time.start_minute);
    stretch.set_end_minute(time.end_minute);
  }
  out.set_affiliation(static_cast<v1::Affiliation>(member.affiliation));
  out.set_suspended(member.suspended);
  *out.mutable_create_time() = rpc::ToProto(member.create_time);
  out.set_etag(resources::Etag(member.version));
  return out;
}

v1::Community ToProto(const Community& community) {
  v1::Community out;
  out.set_name(resources::Name(community.id));
  if (community.parent) out.set_parent(resources::Name(*community.parent));
  out.set_display_name(community.profile.display_name);
  out.set_description(community.profile.description);
  out.set_location(community.profile.location);
  out.set_kind(static_cast<v1::CommunityKind>(community.kind));
  out.set_visibility(static_cast<v1::Visibility>(community.profile.visibility));
  out.set_admits(static_cast<v1::Admits>(community.profile.admits));
  out.set_member_count(community.member_count);
  *out.mutable_create_time() = rpc::ToProto(community.create_time);
  out.set_etag(resources::Etag(community.version));
  out.set_archived(community.archived);
  if (community.archive_time) *out.mutable_archive_time() = rpc::ToProto(*community.archive_time);
  return out;
}

v1::Community ToProto(const SeenCommunity& seen) {
  v1::Community out = ToProto(seen.community);
  for (const Ancestor& above : seen.ancestors) {
    v1::Ancestor& ancestor = *out.add_ancestors();
    ancestor.set_name(resources::Name(above.id));
    ancestor.set_display_name(above.display_name);
  }
  return out;
}

v1::Membership ToProto(CommunityId community, const Membership& membership) {
  v1::Membership out;
  out.set_name(resources::MembershipName(community, membership.member));
  out.set_member(resources::Name(membership.member));
  out.set_role(ToProto(membership.role));
  *out.mutable_create_time() = rpc::ToProto(membership.create_time);
  return out;
}

v1::Ban ToBan(CommunityId community, const Sanction& ban) {
  v1::Ban out;
  out.set_name(resources::BanName(community, ban.member));
  Fill(ban, out);
  return out;
}

v1::Mute ToMute(CommunityId community, const Sanction& mute) {
  v1::Mute out;
  out.set_name(resources::MuteName(community, mute.member));
  Fill(mute, out);
  return out;
}

v1::Role ToProto(Role role) { return static_cast<v1::Role>(role); }

absl::StatusOr<Kind> KindFrom(std::string_view field, v1::CommunityKind kind) {
  return EnumFrom<Kind>(field, kind, v1::CommunityKind_IsValid(kind));
}

absl::StatusOr<Visibility> VisibilityFrom(std::string_view field, v1::Visibility visibility) {
  return EnumFrom<Visibility>(field, visibility, v1::Visibility_IsValid(visibility));
}

absl::StatusOr<Admits> AdmitsFrom(std::string_view field, v1::Admits admits) {
  if (admits == v1::ADMITS_UNSPECIFIED) return Admits::kEmployees;
  return EnumFrom<Admits>(field, admits, v1::Admits_IsValid(admits));
}

absl::StatusOr<Role> RoleFrom(std::string_view field, v1::Role role) {
  return EnumFrom<Role>(field, role, v1::Role_IsValid(role));
}

absl::StatusOr<Affiliation> AffiliationFrom(std::string_view field, v1::Affiliation affiliation) {
  return EnumFrom<Affiliation>(field, affiliation, v1::Affiliation_IsValid(affiliation));
}

absl::StatusOr<CommunityProfile> ProfileFrom(const v1::Community& asked) {
  CommunityProfile profile{.display_name = asked.display_name(),
                           .description = asked.description(),
                           .location = asked.location()};
  GUILDHALL_ASSIGN(profile.visibility, VisibilityFrom("community.visibility", asked.visibility()));
  GUILDHALL_ASSIGN(profile.admits, AdmitsFrom("community.admits", asked.admits()));
  GUILDHALL_TRY(TidyCommunityProfile(profile));
  return profile;
}

absl::StatusOr<Profile> ProfileFrom(const v1::Member& imported) {
  Profile profile{.display_name = imported.display_name(),
                  .headline = imported.headline(),
                  .location = imported.location(),
                  .time_zone = imported.time_zone(),
                  .pronouns = imported.pronouns(),
                  .working_hours = WorkingHoursFrom(imported.working_hours())};
  SetList(imported.skills(), profile.skills);
  SetList(imported.interests(), profile.interests);
  SetList(imported.projects(), profile.projects);
  SetList(imported.languages(), profile.languages);
  GUILDHALL_TRY(TidyProfile(profile));
  return profile;
}

absl::Status Apply(const resources::UpdateMask& mask, const v1::Community& asked,
                   Community& community) {
  CommunityProfile& profile = community.profile;
  if (mask.Has("display_name")) profile.display_name = asked.display_name();
  if (mask.Has("description")) profile.description = asked.description();
  if (mask.Has("location")) profile.location = asked.location();
  if (mask.Has("visibility")) {
    GUILDHALL_ASSIGN(profile.visibility,
                     VisibilityFrom("community.visibility", asked.visibility()));
  }
  if (mask.Has("admits")) {
    GUILDHALL_ASSIGN(profile.admits, AdmitsFrom("community.admits", asked.admits()));
  }
  if (mask.Has("kind")) {
    GUILDHALL_ASSIGN(community.kind, KindFrom("community.kind", asked.kind()));
  }
  return TidyCommunityProfile(profile);
}

absl::Status Apply(const resources::UpdateMask& mask, const v1::Member& asked, Profile& profile) {
  if (mask.Has("display_name")) profile.display_name = asked.display_name();
  if (mask.Has("headline")) profile.headline = asked.headline();
  if (mask.Has("location")) profile.location = asked.location();
  if (mask.Has("time_zone")) profile.time_zone = asked.time_zone();
  if (mask.Has("skills")) SetList(asked.skills(), profile.skills);
  if (mask.Has("interests")) SetList(asked.interests(), profile.interests);
  if (mask.Has("projects")) SetList(asked.projects(), profile.projects);
  if (mask.Has("languages")) SetList(asked.languages(), profile.languages);
  if (mask.Has("pronouns")) profile.pronouns = asked.pronouns();
  if (mask.Has("working_hours")) profile.working_hours = WorkingHoursFrom(asked.working_hours());
  GUILDHALL_TRY(TidyProfile(profile));
  return CheckZoneExists(profile.time_zone);
}

absl::StatusOr<resources::UpdateMask> ProfileMaskFrom(const google::protobuf::FieldMask& mask) {
  return resources::UpdateMask::From(
      mask.paths(), {"display_name", "headline", "location", "time_zone", "skills", "interests",
                     "projects", "languages", "pronouns", "working_hours"});
}

absl::StatusOr<MemberId> MemberFrom(std::string_view field, std::string_view name,
                                    const access::Grant& grant) {
  if (name == "members/me") return grant.member();
  return resources::ParseMember(field, name);
}

}  // namespace guildhall::directory
