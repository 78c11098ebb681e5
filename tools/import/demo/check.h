#pragma once

#include <string>
#include <vector>

#include "tools/import/demo/organization.h"

namespace guildhall::demo {

// What keeps `organization` from being loaded, in the words of somebody who edits the files: all of
// what follows.
//
// Members: limits of the profile, a real time zone. Communities: an owner, everybody once, an
// EXTERNAL member only where EVERYONE is admitted, at most 5 deep, never wider than the parent.
std::vector<std::string> Check(const Organization& organization);

// Topics and posts: written by those who belong to the community, after they joined, in order of
// time, within the contract's limits; answers to posts that are there; reactions by those who
// belong to it, each once; no two topics of one author in the same minute, since their ids are made
// of that.
std::vector<std::string> CheckTopics(const Organization& organization);

// What is done when everything is there (deeds.h): each by somebody who can sign in and may do it.
std::vector<std::string> CheckDeeds(const Organization& organization);

}  // namespace guildhall::demo
