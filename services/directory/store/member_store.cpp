#include "services/directory/store/member_store.h"

#include "absl/container/flat_hash_set.h"
#include "directory/statements.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/directory/domain/following.h"
#include "services/directory/store/member_rows.h"

namespace guildhall::directory {
namespace {

using Texts = std::vector<std::string>;

// Whether it says what the statement that creates members leaves out.
bool SaysMore(const Profile& profile) {
  return !profile.skills.empty() || !profile.interests.empty() || !profile.projects.empty() ||
         !profile.languages.empty() || !profile.pronouns.empty() || !profile.working_hours.empty();
}

std::vector<std::int32_t> MinutesOf(const std::vector<WorkingHours>& times) {
  std::vector<std::int32_t> minutes;
  for (const WorkingHours& time : times) {
    minutes.push_back(time.start_minute);
    minutes.push_back(time.end_minute);
  }
  return minutes;
}

absl::StatusOr<std::optional<Member>> Lock(postgres::Work& work, MemberId id) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kLockMember, id));
  if (rows.empty()) return std::nullopt;
  return MemberFrom(rows[0]);
}

}  // namespace

absl::StatusOr<std::vector<Member>> GetMembers(postgres::Database& database,
                                               const postgres::Context& context,
                                               const access::Viewer& viewer,
                                               std::span<const MemberId> ids) {
  if (viewer.affiliation() == Affiliation::kNone) return std::vector<Member>();
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetMembers, ids, viewer.member(),
                                 viewer.affiliation() != Affiliation::kEmployee));
  std::vector<Member> members;
  for (const postgres::Row row : rows) members.push_back(MemberFrom(row));
  return members;
}

absl::StatusOr<std::optional<Member>> LockOwnMember(postgres::Work& work,
                                                    const access::Grant& grant) {
  return Lock(work, grant.member());
}

absl::StatusOr<std::optional<Member>> LockMember(postgres::Work& work, const access::Grant& grant,
                                                 MemberId id) {
  GUILDHALL_CHECK(grant.permission() == access::Permission::kAccountAdminister);
  return Lock(work, id);
}

void UpdateMember(postgres::Work& work, const Member& member) {
  const Profile& profile = member.profile;
  work.Defer(sql::kUpdateMember, member.id, profile.display_name, profile.headline,
             profile.location, profile.time_zone, profile.skills, profile.interests,
             profile.projects, profile.languages, member.version, profile.pronouns,
             MinutesOf(profile.working_hours));
}

absl::StatusOr<int> CreateMissingMembers(postgres::Database& database,
                                         const postgres::Context& context,
                                         std::span<const Member> members,
                                         changelog::Origin origin) {
  return database.Transact<int>(
      context, [&](postgres::Work& work) { return CreateMissingMembers(work, members, origin); });
}

absl::StatusOr<int> CreateMissingMembers(postgres::Work& work, std::span<const Member> members,
                                         changelog::Origin origin) {
  std::vector<MemberId> ids;
  Texts names, headlines, locations, time_zones;
  std::vector<std::int32_t> affiliations;
  std::vector<absl::Time> times;
  std::vector<std::optional<std::int64_t>> marks;
  for (const Member& member : members) {
    ids.push_back(member.id);
    names.push_back(member.profile.display_name);
    headlines.push_back(member.profile.headline);
    locations.push_back(member.profile.location);
    time_zones.push_back(member.profile.time_zone);
    affiliations.push_back(static_cast<std::int32_t>(member.affiliation));
    times.push_back(member.create_time);
    const bool imported = origin == changelog::Origin::kImport;
    marks.push_back(imported ? std::optional(MarkOf(member.profile).Packed()) : std::nullopt);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kCreateMissingMembers, ids, names, headlines, locations,
                            time_zones, affiliations, times, marks));
  std::vector<changelog::Change> changes;
  absl::flat_hash_set<MemberId> created;
  for (const postgres::Row row : rows) {
    created.insert(row.Get<MemberId>(0));
    const Uuid id = row.Get<Uuid>(0);
    changes.push_back(
        {.kind = change::v1::KIND_MEMBER_CREATED, .key = id, .resource = id, .origin = origin});
  }
  // Lists of lists do not travel as one parameter; only imports bring any.
  for (const Member& member : members) {
    if (created.contains(member.id) && SaysMore(member.profile)) UpdateMember(work, member);
  }
  changelog::Append(work, changes);
  return static_cast<int>(changes.size());
}

}  // namespace guildhall::directory
