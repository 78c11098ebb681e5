#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::discussions {

// Where a draft is meant to stand.
struct DraftPlace {
  // A community, for a topic; a topic, for a post; a post, for an answer; a post, for what it shall
  // say instead.
  enum Kind { kCommunity = 1, kTopic, kPost, kRevision } kind = kCommunity;
  Uuid id;
  // Of the last two: the topic, which is part of the name.
  std::optional<TopicId> topic;
};

// Something that somebody has begun to write.
struct Draft {
  DraftPlace place;
  std::string title;
  std::string markdown;
  // All else that the contract has of it, in its encoding: it is kept and given back, never looked
  // into.
  std::string rest;
  // Never the same twice at one place.
  absl::Time update_time;
};

// OK when a draft may be kept, however unfinished: what a post may hold, and nothing, too.
// Fails with: FIELD_INVALID on `draft`, `draft.title` or `draft.markdown`.
absl::Status CheckDraft(const Draft& draft);

// Whether two drafts say the same.
bool SaysTheSame(const Draft& one, const Draft& other);

// The version by which a draft is told from those that stood at its place before.
std::int64_t VersionOf(const Draft& draft);

// The refusal of one draft more than a member may have. Fails with: TOO_MANY_DRAFTS.
absl::Status TooManyDrafts();

}  // namespace guildhall::discussions
