#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/postgres/rows.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// The columns that every statement about topics returns first, in this order: id, community,
// author, title, last post number, last author, creation time, last post time, score, version,
// pinned, closer, kind, accepted post, whom it praises, tags.
inline constexpr int kTopicColumns = 16;
Topic TopicFrom(const postgres::Row& row);
// What has gone at a topic's end, of two columns of a locked one.
std::optional<GoneTail> GoneTailFrom(const postgres::Row& row, int column);
std::vector<Topic> TopicsFrom(const postgres::Rows& rows);
absl::StatusOr<std::vector<Topic>> TopicsFrom(const absl::StatusOr<postgres::Rows>& rows);

// The same for posts: id, topic, number, author, markdown, creation time, edit time, deletion time,
// version, removed, the number that it answers, how many answer it, counts of reactions, how many
// bytes it quotes. What it quotes is loaded after them (quote_store.h).
inline constexpr int kPostColumns = 15;
Post PostFrom(const postgres::Row& row);

}  // namespace guildhall::discussions
