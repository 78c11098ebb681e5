#pragma once

#include <string_view>

namespace guildhall::access {

// The rights of guildhall.policy.v1.Permission, with its numbers, in plain C++. What each means
// stands there; who holds it stands in decide.cpp.
enum class Permission {
  kNone = 0,
  kOwn = 1,
  kBrowse = 2,
  kMemberRead = 3,
  kCommunityCreate = 4,
  kCommunityRead = 5,
  kCommunityEdit = 6,
  kCommunityJoin = 7,
  kCommunityLeave = 8,
  kMembershipList = 9,
  kContentRead = 10,
  kContentCreate = 11,
  kContentEdit = 12,
  kCommunityModerate = 13,
  kAccountAdminister = 14,
  kCredential = 15,
  kCommunityArchive = 16,
  kMembershipEdit = 17,
  kMembershipAdmit = 18,
  kContentModerate = 20,
};
// Permissions are numbered below it; numbers in between may be nobody's (IsPermission).
inline constexpr int kPermissionEnd = 21;

// Who may reach a method at all; guildhall.policy.v1.Audience.
enum class Audience { kAnyone = 1, kSignedIn = 2, kService = 3 };

// Whether a method changes what others or its caller will find.
enum class Effect { kWrites, kReads };

}  // namespace guildhall::access
