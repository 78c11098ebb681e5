#pragma once

#include <vector>

#include "guildhall/directory/v1/internal_directory_service.pb.h"
#include "guildhall/discussions/v1/internal_discussions_service.pb.h"
#include "tools/import/demo/names.h"

namespace guildhall::demo {

// The organization in the words of the internal batch methods, in the order in which they take it:
// parents before children, posts by topic and number.
struct Records {
  std::vector<directory::v1::Member> members;
  std::vector<directory::v1::Community> communities;
  std::vector<directory::v1::ImportedMembership> memberships;
  std::vector<discussions::v1::ImportedTopic> topics;
  std::vector<discussions::v1::ImportedPost> posts;
};

// The same organization and accounts give the same ids every time. The organization has no
// findings.
Records MakeRecords(const Organization& organization, const Accounts& accounts);

}  // namespace guildhall::demo
