#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/rpc/times.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/import_store.h"

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
  std::vector<ImportedMembership> memberships;
  cache::Tags counted;
  for (const v1::ImportedMembership& imported : request.memberships()) {
    GUILDHALL_ASSIGN(memberships.emplace_back(), MembershipFrom(imported));
    counted.push_back(memberships.back().community.uuid());
  }
  directory.access.SettleBefore(call);
  const Touch touch(directory, std::move(counted));
  v1::ImportMembershipsResponse response;
  GUILDHALL_ASSIGN(const int created,
                   ImportMemberships(directory.database, call.context(), memberships));
  response.set_created_count(created);
  return response;
}

}  // namespace guildhall::directory
