#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/rpc/times.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/sending.h"
#include "services/directory/api/writing.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

absl::StatusOr<ImportedMembership> MembershipFrom(const v1::ImportedMembership& imported) {
  ImportedMembership membership;
  GUILDHALL_ASSIGN(membership.community,
                   resources::ParseCommunity("memberships.community", imported.community()));
  GUILDHALL_ASSIGN(membership.member,
                   resources::ParseMember("memberships.member", imported.member()));
  GUILDHALL_ASSIGN(membership.role, RoleFrom("memberships.role", imported.role()));
  GUILDHALL_ASSIGN(membership.create_time,
                   rpc::TimeFrom("memberships.create_time", imported.create_time()));
  return membership;
}

}  // namespace

absl::StatusOr<v1::ImportMembershipsResponse> ImportMemberships(
    Directory& directory, const rpc::Call& call, const v1::ImportMembershipsRequest& request) {
  if (request.memberships_size() > kMaxImportedMemberships) {
    return WrongField("memberships", absl::StrCat("takes at most ", kMaxImportedMemberships));
  }
  using Key = std::pair<CommunityId, MemberId>;
  Sending<ImportedMembership, Key> sending(call, request);
  for (const v1::ImportedMembership& imported : request.memberships()) {
    GUILDHALL_TRY(sending.Add(
        MembershipFrom(imported), "memberships.member",
        [](const ImportedMembership& each) { return Key(each.community, each.member); }));
  }
  cache::Tags counted;
  for (const ImportedMembership& each : sending.records()) counted.push_back(each.community.uuid());
  if (!request.validate_only()) directory.access.SettleBefore(call);
  const Touch touch(directory, std::move(counted));
  GUILDHALL_ASSIGN(Imported imported, ImportMemberships(directory.database, call.context(),
                                                        sending.order(), sending.records()));
  return std::move(sending).Answer<v1::ImportMembershipsResponse>(std::move(imported));
}

}  // namespace guildhall::directory
