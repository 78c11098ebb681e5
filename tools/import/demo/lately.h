#pragma once

#include <string>
#include <vector>

#include "tools/import/demo/deeds.h"
#include "tools/import/demo/file_reader.h"
#include "tools/import/demo/names.h"
#include "tools/import/demo/organization.h"

namespace guildhall::demo {

// The file that tells what members do when everything else is there.
inline constexpr char kLately[] = "lately.md";

// What the file tells, in its order: under each `## heading` one call of the gateway. Requests name
// things as the files do: "<member noor>", "<community apprentices>", "<topic apprentices: Its
// title>", "<post apprentices 3: Its topic's title>", "<made open-house>" for what the call with
// that `as` made; "<request>" is the call's own request id.
std::vector<Doing> ReadLately(FileReader& file, const std::vector<Part>& parts);

// What keeps them from being done: somebody who cannot sign in, JSON that is none, a name of
// nothing.
std::vector<std::string> CheckLately(const Organization& organization);

// One deed for each member who does it. None says when it was done before: each is done once.
std::vector<Deed> MakeLately(const Organization& organization, const Names& names);

}  // namespace guildhall::demo
