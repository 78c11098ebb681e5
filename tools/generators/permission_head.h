#pragma once

#include <string_view>

namespace guildhall::generators {

// What stands above the rights: who is told apart, how they are answered, and what narrows a right.
inline constexpr std::string_view kPermissionHead = R"(# Who may do what

Generated from the contracts in `protos/` and from `libs/access/decide.cpp` by `tools/dev fmt`;
`tools/dev check` compares. A changed cell is a change of rights: review it as one.

Every act takes one right. Each right has a part below: what it is, who has it, and every act that
takes it. What stands nowhere here, nobody can do from outside. `tests/security` has the running
system asked for every act by each of these people and compares what they are answered.

## Who asks

| called here | who that is |
| --- | --- |
| no member of the organization | signed in, and directory knows no such member (yet) |
| external | a customer or partner; in a community **admitted** where it takes everyone, **not admitted** where it takes employees alone |
| employee | whoever works for the organization, and has no other standing there |
| administrator | an employee who decides about accounts; in communities it has the rights of any employee, and reads no more than one |
| pending | an employee who has asked to join or is invited, which gives no right |
| owner above | owns the parent, or any community above it |
| member, moderator, owner | has this role there; shown for employees, an external with a role has the rights of the role |
| banned | from the community or from one above it, whatever else is true |

Whoever is several of these gets the best of them, but for a ban. A suspended account has no session:
it may do what takes no signing in, and nothing else.

## What they are answered

| word | meaning |
| --- | --- |
| allowed | the act is done, if nothing below this table is in the way |
| own only | allowed where the caller is the author, else denied |
| denied | refused with NOT_PERMITTED (PERMISSION_DENIED): the caller sees it, but may not |
| hidden | for the caller it does not exist (NOT_FOUND), exactly as if it never had |
| access token | the least scope with which a token stands for its owner: READ, WRITE, or none; else refused with TOKEN_READ_ONLY or SESSION_REQUIRED, whatever there is or is not |
| archived | whether the act goes on where the community, or one above it, is archived; where it rests, whoever may is refused with COMMUNITY_ARCHIVED |
| muted | the same for whoever is muted there or above; refused with MEMBER_MUTED |

## What narrows a right

* Lists, batches and searches are allowed to everybody and hold only what the caller may see. Which
  members somebody sees is narrowed by directory's query: for externals those who share a community,
  and by name those who belong to an OPEN one that admits everybody.
* Over whom somebody who keeps order may do so, the ranks of both decide; so they do for
  UpdateMembership, by which whoever is no owner lowers its own role and gives none.
* By AcceptInvitation nobody comes into an archived community, either.
* RestorePost also takes the right where the post was removed, if its topic has moved since; else it
  is refused with NOT_REMOVED.
* Beside this table, whoever holds the settings of a service makes an administrator or an owner
  (`issue-administrator-secret`, `first_administrator_file`, `appoint-owner`): the log of changes
  tells of each.
)";

}  // namespace guildhall::generators
