#pragma once

namespace guildhall {

// How somebody stands to the organization and to a community: the few facts that every service
// reasons about. The numbers are those of the contracts (protos/guildhall/directory/v1) and of the
// tables. kNone means that there is no such member, or no membership.

enum class Affiliation { kNone = 0, kEmployee = 1, kExternal = 2 };

// From the widest to the narrowest.
enum class Visibility { kOpen = 1, kClosed = 2, kSecret = 3 };

// From the narrowest to the widest.
enum class Admits { kEmployees = 1, kEveryone = 2 };

// From the least to the most.
enum class Role { kNone = 0, kMember = 1, kModerator = 2, kOwner = 3 };

}  // namespace guildhall
