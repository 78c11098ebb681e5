#pragma once

#include <map>
#include <string>

#include "libs/base/ids.h"
#include "tools/import/demo/organization.h"

namespace guildhall::demo {

// The ids of members who have an account, by key; everybody else gets the id of their record.
using Accounts = std::map<std::string, MemberId>;

// What the services call the things of an organization: the same for the same organization and
// accounts, every time. Keys that are asked for exist.
class Names {
 public:
  // Hold no longer than both.
  Names(const Organization& organization, const Accounts& accounts)
      : organization_(organization), accounts_(accounts) {}

  MemberId IdOfMember(const std::string& key) const;
  CommunityId IdOfCommunity(const std::string& key) const;
  TopicId IdOf(const Community& community, const Topic& topic) const;

  std::string OfMember(const std::string& key) const;
  std::string OfCommunity(const std::string& key) const;
  // `number` is that of one of its posts.
  std::string OfPost(const Community& community, const Topic& topic, int number) const;

 private:
  const Organization& organization_;
  const Accounts& accounts_;
};

// An id made of a time and of what is unique about the thing among others of its type.
Uuid DemoId(absl::Time time, std::string_view type, const std::string& key);

}  // namespace guildhall::demo
