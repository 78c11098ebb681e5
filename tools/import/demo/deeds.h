#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/import/demo/names.h"
#include "tools/import/demo/organization.h"

namespace guildhall::demo {

// What imports cannot bring, because somebody has to decide it: charters, requests to join and
// their refusal, invitations, bans, topics that are moved, what is removed; and what lately.md
// tells. Members do it themselves, through the gateway, when everything else is there.
struct Deed {
  // The same every time. In the request of a later deed "${id}" is the name of what this one made.
  std::string id;
  std::string email;    // of who does it
  std::string method;   // "directory.v1.BanService/CreateBan"
  std::string request;  // as JSON
  // Refusals that say that it was done before, and that nobody does it over again. None: it is done
  // once, and whoever does it keeps note of that.
  std::vector<std::string_view> done_reasons;
};

// In the order in which they are done. The organization has no findings.
std::vector<Deed> MakeDeeds(const Organization& organization, const Accounts& accounts);

// A JSON list of {"id", "email", "method", "request", "doneReasons"}.
std::string ToJson(const std::vector<Deed>& deeds);

// The first of those who can sign in and have at least this role in the community; nothing if there
// is nobody.
const Member* WhoActs(const Organization& organization, const Community& community,
                      directory::v1::Role least);

// The same of who keeps order in both.
const Member* WhoMoves(const Organization& organization, const Community& from,
                       const Community& to);

// The same of who owns the community or one above it.
const Member* WhoOwns(const Organization& organization, const Community& community);

}  // namespace guildhall::demo
