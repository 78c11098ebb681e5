#pragma once

#include <optional>

#include "libs/base/import_outcome.h"
#include "services/directory/domain/community.h"
#include "services/directory/domain/profile.h"

namespace guildhall::directory {

// How imports that come again follow their source.

// What an import keeps of a profile or a community that it creates.
ImportMark MarkOf(const Profile& profile);
ImportMark MarkOf(const Community& community);

// Of the fields that guildhall/directory/v1/internal_directory_service.proto names.
RecordHash::Digest ContentOf(const Profile& profile);
RecordHash::Digest ContentOf(const Community& community);
RecordHash::Digest ContentOf(CommunityId community, MemberId member, Role role);

// What becomes of a record that stands.
struct Following {
  ImportResult result = ImportResult::kUnchanged;
  // To be stored, where it is another than before.
  std::optional<ImportMark> mark;
};
Following FollowProfile(const Profile& sent, const Profile& standing,
                        const std::optional<ImportMark>& mark, std::int64_t version);
Following FollowCommunity(const Community& sent, const Community& standing,
                          const std::optional<ImportMark>& mark);

// Sets what an import may change of a community that stands.
void TakeOver(const Community& sent, Community& standing);

// What is true of a membership that an import brings.
struct StandingToImport {
  bool member_exists = true;
  bool community_exists = true;
  bool banned = false;
  // An external, where employees alone are admitted.
  bool not_admitted = false;
  // The member has left, or was removed.
  bool ended = false;
  // kNone: does not belong.
  Role role = Role::kNone;
};
ImportOutcome DecideMembership(const StandingToImport& standing, Role sent);

}  // namespace guildhall::directory
