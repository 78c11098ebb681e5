#include "tools/import/source/owners.h"

namespace guildhall::importing {

Owners::Owners(const std::vector<Sent<Membership>>& memberships,
               const std::set<std::string>& created)
    : memberships_(memberships), created_(created) {
  for (const auto& sent : memberships) unowned_[sent.record.community()];
  for (const auto& sent : memberships) {
    if (sent.record.role() == directory::v1::ROLE_OWNER) unowned_.erase(sent.record.community());
  }
}

std::vector<Sent<Owners::Membership>> Owners::Questions() const {
  std::vector<Sent<Membership>> questions;
  for (const auto& sent : memberships_) {
    const std::string& community = sent.record.community();
    if (!unowned_.contains(community) || created_.contains(community)) continue;
    questions.push_back(sent);
    questions.back().record.set_role(directory::v1::ROLE_OWNER);
  }
  return questions;
}

void Owners::Hear(const Membership& membership, const v1::Outcome& outcome) {
  Place& place = unowned_[membership.community()];
  switch (outcome.result()) {
    case v1::RESULT_CREATED:
    case v1::RESULT_REFUSED:
      return;
    case v1::RESULT_UNCHANGED:
      if (place.owner.empty()) place.owner = membership.member();
      break;
    default:
      break;
  }
  place.is_new = false;
}

void Owners::Appoint(std::vector<Sent<Membership>>& memberships) const {
  std::set<std::string> appointed;
  for (auto& [record, key, address] : memberships) {
    const auto found = unowned_.find(record.community());
    if (found == unowned_.end()) continue;
    const auto& [owner, is_new] = found->second;
    const bool owns =
        is_new ? appointed.insert(record.community()).second : record.member() == owner;
    if (owns) record.set_role(directory::v1::ROLE_OWNER);
  }
}

}  // namespace guildhall::importing
