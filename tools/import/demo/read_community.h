#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/import/demo/file_reader.h"

namespace guildhall::demo {

// The keys of the members of each file of members/, by its name without its ending.
using Groups = std::map<std::string, std::vector<std::string>>;

// A community with its topics; `key` is what other files call it.
Community ReadCommunity(FileReader& file, std::string key, const std::vector<Part>& parts,
                        const Groups& groups);

}  // namespace guildhall::demo
