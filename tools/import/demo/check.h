#pragma once

#include <string>
#include <vector>

#include "tools/import/demo/organization.h"

namespace guildhall::demo {

// What keeps `organization` from being imported, in the words of somebody who edits the files.
//
// Members: limits of the profile, a real time zone. Communities: an owner, everybody once, an
// EXTERNAL member only where EVERYONE is admitted, at most 5 deep, never wider than the parent.
// Topics and posts: written by those who belong to the community, after they joined, in order of
// time, within the contract's limits; no two topics of one author in the same minute, since their
// ids are made of that.
std::vector<std::string> Check(const Organization& organization);

}  // namespace guildhall::demo
