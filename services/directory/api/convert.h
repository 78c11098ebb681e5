#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "guildhall/directory/v1/ban_service.pb.h"
#include "guildhall/directory/v1/directory_service.pb.h"
#include "guildhall/directory/v1/membership_service.pb.h"
#include "guildhall/directory/v1/mute_service.pb.h"
#include "libs/access/grant.h"
#include "libs/resources/update_mask.h"
#include "services/directory/domain/community.h"
#include "services/directory/domain/sanction.h"
#include "services/directory/store/community_store.h"
#include "services/directory/store/member_store.h"

namespace guildhall::directory {

// Between the contract's messages and the domain's types.

v1::Member ToProto(const Member& member);
v1::Community ToProto(const Community& community);
v1::Community ToProto(const SeenCommunity& seen);
v1::Membership ToProto(CommunityId community, const Membership& membership);
v1::Ban ToBan(CommunityId community, const Sanction& ban);
v1::Mute ToMute(CommunityId community, const Sanction& mute);
v1::Role ToProto(Role role);

// Enums of a request. Fail with: FIELD_INVALID for values that are unspecified or unknown.
absl::StatusOr<Kind> KindFrom(std::string_view field, v1::CommunityKind kind);
absl::StatusOr<Visibility> VisibilityFrom(std::string_view field, v1::Visibility visibility);
absl::StatusOr<Admits> AdmitsFrom(std::string_view field, v1::Admits admits);
absl::StatusOr<Role> RoleFrom(std::string_view field, v1::Role role);
absl::StatusOr<Affiliation> AffiliationFrom(std::string_view field, v1::Affiliation affiliation);

// What a community that is to be founded says of itself, checked; admission defaults to employees.
// Fails with: FIELD_INVALID.
absl::StatusOr<CommunityProfile> ProfileFrom(const v1::Community& asked);

// What an imported member says of itself, tidied and checked. Fails with: FIELD_INVALID.
absl::StatusOr<Profile> ProfileFrom(const v1::Member& imported);

// Sets the fields that the mask names and checks the whole. Fail with: FIELD_INVALID.
absl::Status Apply(const resources::UpdateMask& mask, const v1::Community& asked,
                   Community& community);
absl::Status Apply(const resources::UpdateMask& mask, const v1::Member& asked, Profile& profile);

// Which fields of a profile are to be set: all but what the organization says of a member.
// Fails with: FIELD_INVALID.
absl::StatusOr<resources::UpdateMask> ProfileMaskFrom(const google::protobuf::FieldMask& mask);

// The member that a request names: `members/{id}`, or `members/me` for the caller. Fails with:
// FIELD_INVALID on `field`.
absl::StatusOr<MemberId> MemberFrom(std::string_view field, std::string_view name,
                                    const access::Grant& grant);

}  // namespace guildhall::directory
