#pragma once

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/postgres/work.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/domain/mention.h"

namespace guildhall::discussions {

// Whom a post is to mention that somebody writes.
class Mentioning {
 public:
  // Reads it from the post's HTML; where everyone is mentioned, also asks whether the caller keeps
  // order where it was let in. Not in a transaction. Fails with: FIELD_INVALID on `field`, and as
  // facts do.
  static absl::StatusOr<Mentioning> Of(Discussions& discussions, const rpc::Call& call,
                                       std::string_view field, std::string_view html);

  // The same of a text that the caller, who keeps order in `community`, gives a post of `author`:
  // whom it mentions, that mentions. Asks nobody. Fails with: FIELD_INVALID on `field`.
  static absl::StatusOr<Mentioning> InNameOf(MemberId author, const rpc::Call& call,
                                             CommunityId community, std::string_view field,
                                             std::string_view html);

  // Stores what changes, where the post mentioned `before` until now, and tells of whom it adds.
  // `community`: where the post stands under the lock. A round trip more where it calls everyone.
  // Fails with: NOT_PERMITTED (to call everyone), BUSY (the topic has moved since), TOO_MANY_CALLS.
  absl::Status Store(postgres::Work& work, const Post& post, CommunityId community,
                     const Mentions& before = {}) const;

 private:
  Mentioning(absl::Time now, CommunityId decided, Mentions mentions);
  absl::Status Call(postgres::Work& work, CommunityId community) const;

  Mentions mentions_;
  absl::Time now_;
  // Whether it may call everyone, and where that was decided.
  absl::Status may_call_;
  CommunityId decided_;
};

}  // namespace guildhall::discussions
