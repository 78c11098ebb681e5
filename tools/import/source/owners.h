#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "guildhall/importing/v1/importing.pb.h"
#include "tools/import/source/records.h"

namespace guildhall::importing {

// Finds who owns the places that nobody owns at the source: the first who takes part where the
// place is new here, and whom an earlier import appointed where it is not. Later exports appoint
// nobody.
//
// New is what this pass creates, and what none of those who take part in it ever was a member of
// here: an import may have ended between a place and its members.
class Owners {
 public:
  using Membership = directory::v1::ImportedMembership;

  // `created`: names of communities. Both outlive it.
  Owners(const std::vector<Sent<Membership>>& memberships, const std::set<std::string>& created);

  // To be asked and not written: whether any of these is there, as an owner.
  std::vector<Sent<Membership>> Questions() const;
  // What is answered, in the order of the questions.
  void Hear(const Membership& membership, const v1::Outcome& outcome);
  // Once all is answered.
  void Appoint(std::vector<Sent<Membership>>& memberships) const;

 private:
  struct Place {
    std::string owner;  // the name of the member, or empty
    bool is_new = true;
  };

  const std::vector<Sent<Membership>>& memberships_;
  const std::set<std::string>& created_;
  std::map<std::string, Place> unowned_;  // by name of community
};

}  // namespace guildhall::importing
