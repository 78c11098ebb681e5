#pragma once

#include <vector>

#include "tools/import/demo/file_reader.h"

namespace guildhall::demo {

// The members of a file: a heading `# Who they are` with facts that hold for all of them unless
// they say otherwise, then a heading `## key` and facts for each.
std::vector<Member> ReadMembers(FileReader& file, const std::vector<Part>& parts);

}  // namespace guildhall::demo
