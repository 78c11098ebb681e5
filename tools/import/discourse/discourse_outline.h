#pragma once

#include <string>
#include <vector>

#include "tools/import/discourse/discourse_dump.h"
#include "tools/import/source/source.h"

namespace guildhall::discourse {

// Whoever is not in the table of users any more.
inline constexpr char kNobody[] = "nobody";

// People and categories of a dump, and what is lost of them.
struct DiscourseOutline {
  importing::SourceOutline outline;
  std::vector<importing::Loss> losses;
  importing::SourceCounts read;
};

DiscourseOutline OutlineOf(const DiscourseDump& dump);

// The key of a user: the id, or kNobody.
std::string KeyOfUser(const DiscourseDump& dump, Id user);

}  // namespace guildhall::discourse
