#pragma once

#include <vector>

#include "guildhall/directory/v1/internal_directory_service.pb.h"
#include "guildhall/discussions/v1/internal_discussions_service.pb.h"
#include "tools/import/zulip/imported.h"
#include "tools/import/zulip/survey.h"

namespace guildhall::zulip {

// What an archive holds, in the words of the internal batch methods.
//
// People are EMPLOYEES and communities admit EMPLOYEES, both OPEN and of kind INTEREST: whoever was
// in an organization's chat saw its public streams, and nobody else did. Where outsiders took part,
// owners widen what they choose to; an import that showed internal talk to customers could not be
// taken back. Who posted in a stream is a member of its community from then on; the first is its
// owner, since every community has one.

std::vector<directory::v1::Member> MembersOf(const Plan& plan);
std::vector<directory::v1::Community> CommunitiesOf(const Plan& plan);
std::vector<directory::v1::ImportedMembership> MembershipsOf(const Plan& plan);
std::vector<discussions::v1::ImportedTopic> TopicsOf(const Plan& plan);
std::vector<discussions::v1::ImportedPost> PostsOf(ImportedPosts topic);

}  // namespace guildhall::zulip
