#pragma once

#include "libs/postgres/rows.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// The columns that every statement about topics returns first, in this order: id, community,
// author, title, last post number, last author, creation time, last post time, score, version.
inline constexpr int kTopicColumns = 10;
Topic TopicFrom(const postgres::Row& row);

// The same for posts: id, topic, number, author, markdown, creation time, edit time, deletion time,
// version.
inline constexpr int kPostColumns = 9;
Post PostFrom(const postgres::Row& row);

}  // namespace guildhall::discussions
