#pragma once

#include "libs/base/bytes.h"
#include "libs/base/text.h"

namespace guildhall::discussions {

// What discussions takes. Each limit is told in the contract; each refusal names the field.

// The archive's titles end at 60 characters, a chat's own limit; subjects of mail seldom pass 200.
inline constexpr TextRule kTitle{.min_length = 1, .max_length = 200};

// The longest text of a post. At 64 KiB the worst input found takes 9 ms to render.
inline constexpr Bytes kMaxMarkdown = KiB(64);

// The longest HTML that is made of it: sixteen times the input, which only reference links,
// entities and tables built for it exceed.
inline constexpr Bytes kMaxRendered = MiB(1);

// Why something was removed: a few sentences to its author.
inline constexpr TextRule kRemovalReason{
    .min_length = 1, .max_length = 500, .shape = TextRule::kLines};

// A team; who praises more writes their names.
inline constexpr std::size_t kMaxPraised = 10;

// Beyond it nobody reads on from the start; the longest topic of the real archive has 6,155 posts.
// Bounds what deleting a topic removes in one transaction.
inline constexpr int kMaxPostsPerTopic = 10'000;

inline constexpr int kMaxReadStates = 200;
inline constexpr int kMaxBatchReactions = 200;

inline constexpr int kMaxImportedTopics = 1000;
inline constexpr int kMaxImportedPosts = 1000;

}  // namespace guildhall::discussions
