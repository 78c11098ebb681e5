#pragma once

#include <string_view>

namespace guildhall::generators {

// What stands above the rights: who is told apart, how they are answered, and what narrows a right.
inline constexpr std::string_view kPermissionHead = R"(# Who may do what

Generated from the contracts in `protos/` and from `libs/access/decide.cpp` by `tools/dev fmt`;
`tools/dev check` compares. A changed cell is a change of rights: review it as one.

Every act takes one right. Each right has a part below: what it is, who has it, and every act that
takes it. From outside nobody can do what stands nowhere here. `tests/security` has each of the
people below ask the running system for every act, and compares.

## Who asks

| called here | who that is |
| --- | --- |
| no member of the organization | signed in, and directory knows no such member (yet) |
| employee | whose e-mail address is of one of the organization's domains (`employee_domains`) |
| external | everybody else who has an account: customers, partners. **Admitted** where a community takes everyone, **not admitted** where it takes employees alone. None comes into one that does not admit it, by an import neither, and it is narrowed only when they are gone (EXTERNALS_BELONG) |
| administrator | an employee who decides about accounts; in communities it has the rights of any employee |
| pending | an employee who has asked to join or is invited, which gives no right; who is invited is told name, kind and description, of a SECRET community, too |
| member, moderator, owner | its role in a community; shown for employees, an external with a role has the rights of the role. Moderators and owners keep order |
| owner above | owns the parent, or any community above it, as far as it is admitted: an external has no power, and sees nothing, where employees alone are taken. It reads what is CLOSED or SECRET once it has joined, which it may without being asked, as long as it belongs; the members see it come and go, and nothing tells of it later |
| banned | from the community or from one above it, whatever else is true |

Whoever is several of these gets the best of them, but for a ban. A suspended account has no
session: it may do what takes no signing in, and nothing else.

An OPEN community may be read by whoever is admitted, a CLOSED one is known to them and read by its
members, a SECRET one does not exist for others. "Something in" a community is a topic, a post or
what belongs to one; what was deleted exists for its author and for who keeps order alone, and only
for the acts by which they deal with it.

## What they are answered

| word | meaning |
| --- | --- |
| allowed | the right is there: the act is done unless one of the reasons in its row is in the way |
| own only | allowed where the caller is the author, else denied |
| its own | allowed, and about nothing but what is the caller's own |
| what it sees | allowed, and the answer holds nothing but what the caller may see, as if there were nothing else |
| denied | refused with NOT_PERMITTED: the caller sees it, but may not |
| hidden | refused with NOT_FOUND, exactly as if it had never existed |
| also refused with | rules beyond the right; **Reasons**, at the end, says what each means |
| access token | the least scope with which a token stands for its owner, READ or WRITE, or none; else TOKEN_READ_ONLY or SESSION_REQUIRED, whatever there is or is not. A token holds for 366 days at most |
| archived | whether the act goes on where the community, or one above it, is archived; where it rests, whoever may is refused with COMMUNITY_ARCHIVED |
| muted | the same for whoever is muted there or above; refused with MEMBER_MUTED |

## What narrows a right

* **Whom somebody sees**: employees see all members; externals those with whom they share a
  community, and by name and affiliation alone those who belong to an OPEN one that admits everyone.
  They join such a one without asking, and then see whole profiles: what is to stay among employees
  belongs into no profile of who takes part there. Who leads a community is told to those who see its
  members.
* **What hides**: of what is hidden nothing is told, but for what `services/directory/README.md`
  lists under "What is told of the hidden, and why": refusals by which the tree of communities holds
  together, and which name nothing.
* **Ranks**: owner above, owner, moderator, member, stranger. Nobody bans or mutes whoever ranks as
  high or higher, nor a moderator whoever has a say in a community below. Moderators remove members,
  owners remove everybody, each other too. Roles are given by owners; whoever belongs may lower its
  own. Lifting a ban or a mute asks for no rank: whoever keeps order there may.
* **The last one stays**: nobody leaves, is lowered, removed, banned or muted if no owner were left
  who is not suspended; likewise the organization keeps an administrator. A suspension may leave
  none.
* By AcceptInvitation nobody comes into an archived community, either.

## What administrators see

Accounts: names, addresses, who is suspended and why; not when or how often somebody was here. And
in which communities no owner can act, of SECRET ones nothing but the resource name. They take words
out of profiles and put none in, and the member reads why (ListMyProfileRemovals). Else they see of
communities, topics and posts what any employee sees, and keep order where they have a role. What
they could do beside: give the account of somebody who is no administrator another address, or set
its password anew, and sign in as that person. Both take a fresh sign-in, and that person is told:
by letter where letters are sent, and in ListEmailChanges and ListPasswordResets for a year. Nobody
does it to an administrator, whose role would have to end before.

## What is recorded

Of what keepers of order removed, edited, had forgotten or moved to where fewer read: by whom and
why, for as long as it is told (ListRemovals). Of other moves that as well if a reason was given,
and else nobody's name; nor of splits and merges, pins, accepted answers, and other titles, tags and
kinds, nor of who joined or left. Of a closed topic who closed it, until it is opened. Of what
administrators took out of profiles by whom and why (ListProfileRemovals), but not the words.

Of a post that was flagged: what it said then, also after its author has edited or deleted it, for
those who keep order where it was said, until they decide, they have it forgotten or nobody flags it
any more; it goes with that at once (ListReviews). Of a decision about flags, of a reset and of a
change of address by an administrator: by whom. Of a ban and a mute as long as it holds: by whom and
why; once it was lifted or has ended there is no record of it, nor of who lifted it.

The change log has each change of each thing, and not by whom. The services' logs have a line with
the caller's id and the act for each refusal, and for a sample of what was done. An audit log of
every act is yet to come, and so are erasure and export of what is known about one person.

## Who stands above this

Operators: whoever holds the databases, Redis (replies lie there for 30 s, sealed, not encrypted),
the services' `service_key` (it opens everything under **Between services**: any text, a post in
anybody's name), identity's `master_key` (it signs for anybody) or the folder of letters. The
gateway holds the `service_key`. By command they make an administrator or an owner
(`issue-administrator-secret`, `first_administrator_file`, `appoint-owner`); the change log tells of
each.
)";

}  // namespace guildhall::generators
