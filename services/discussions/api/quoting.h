#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/postgres/work.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/quote_store.h"

namespace guildhall::discussions {

// What a post is to quote that somebody writes.
class Quoting {
 public:
  // Looks for what `asked` quotes among the posts of `topic`, where the caller was let in. Not in a
  // transaction: rendering ten long posts takes 90 ms, and others wait for the topic's lock. What
  // it finds wrong there is told by Store, so a repeated request gets its first answer all the
  // same. One round trip where it quotes anything. Fails with: FIELD_INVALID.
  static absl::StatusOr<Quoting> Of(Discussions& discussions, const rpc::Call& call, TopicId topic,
                                    const v1::Post& asked);

  // Gives a stored post its quotes and stores them. `community`: where the post stands under the
  // lock. One round trip where there are any. Fails with: FIELD_INVALID (no post of the topic that
  // stands), QUOTE_NOT_SAID, BUSY (the topic has moved, or a source was edited since), and as
  // reading does.
  absl::Status Store(postgres::Work& work, Post& post, CommunityId community) const;

 private:
  explicit Quoting(CommunityId decided) : decided_(decided) {}
  absl::Status Find(Discussions& discussions, const rpc::Call& call, TopicId topic);

  // With texts and sources alone, until they are found.
  std::vector<FoundQuote> quotes_;
  absl::Status found_;
  CommunityId decided_;
};

}  // namespace guildhall::discussions
