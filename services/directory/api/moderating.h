#pragma once

#include <string>
#include <vector>

#include "guildhall/directory/v1/member_moderation_service.pb.h"
#include "libs/rpc/page.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"
#include "services/directory/domain/profile_removal.h"

namespace guildhall::directory {

// What the lists of removals share, the administrators' and a member's own.

v1::ProfileRemoval ToProto(const ProfileRemoval& removal);

// A page of what was taken out of a member's profile.
struct ProfileRemovalPage {
  std::vector<ProfileRemoval> removals;
  std::string next_page_token;
};
absl::StatusOr<ProfileRemovalPage> ReadProfileRemovals(Directory& directory, const rpc::Call& call,
                                                       const rpc::Page& page, MemberId member);

// How many of them a page has.
inline constexpr rpc::PageSize kProfileRemovalPage{.usual = 30, .most = 100};

}  // namespace guildhall::directory
