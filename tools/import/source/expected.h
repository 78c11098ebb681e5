#pragma once

#include "guildhall/directory/v1/internal_directory_service.pb.h"
#include "guildhall/discussions/v1/internal_discussions_service.pb.h"
#include "libs/base/record_hash.h"

namespace guildhall::importing {

// The content hashes that records have where they stand as they are sent: made here of what is
// sent, by the services of what they have stored (guildhall/importing/v1/importing.proto).

RecordHash::Digest ExpectedOf(const directory::v1::Member& member);
RecordHash::Digest ExpectedOf(const directory::v1::Community& community);
RecordHash::Digest ExpectedOf(const directory::v1::ImportedMembership& membership);
RecordHash::Digest ExpectedOf(const discussions::v1::ImportedTopic& topic);
// Of a post that came late, with the time that the outcome tells.
RecordHash::Digest ExpectedOf(const discussions::v1::ImportedPost& post,
                              const importing::v1::Outcome& outcome);
// Of those reactions of a post that stand.
RecordHash::Digest ExpectedReactions(const discussions::v1::ImportedPost& post,
                                     const importing::v1::Outcome& outcome);

}  // namespace guildhall::importing
