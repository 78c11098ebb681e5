#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/identity/domain/invitation.h"

namespace guildhall::identity {

// Secrets by their hashes (HashOfSecret). All fail with DEPENDENCY_AWAY, DEADLINE_PASSED or
// CANCELLED; those that lock also with BUSY.

// What decides whether an address may be invited.
absl::StatusOr<InvitingFacts> GetInvitingFacts(postgres::Work& work, std::string_view email,
                                               absl::Time now);

// Invites an address, in place of an earlier invitation; with a letter that is due from its
// creation on, or without one.
enum class InvitationWay { kShown, kLetter };
void PutInvitation(postgres::Work& work, const Invitation& invitation, std::string_view secret_hash,
                   InvitationWay way);

// Claims the letter that is due longest for this worker until `until`; nothing when none is due. If
// the worker dies, it is due again afterwards. The creator is not read.
absl::StatusOr<std::optional<Invitation>> ClaimInvitationLetter(postgres::Database& database,
                                                                const postgres::Context& context,
                                                                absl::Time now, absl::Time until);

// Notes that the letter of an invitation, if that still stands, was put down. Safe to repeat.
absl::Status FinishInvitationLetter(postgres::Database& database, const postgres::Context& context,
                                    InvitationId id);

// Those that hold, newest first, at most kMaxInvitations; for a grant of kAccountAdminister.
absl::StatusOr<std::vector<Invitation>> FindInvitations(postgres::Database& database,
                                                        const postgres::Context& context,
                                                        const access::Grant& grant, absl::Time now);

// Takes one back and says whether it held.
absl::StatusOr<bool> DeleteInvitation(postgres::Work& work, InvitationId id, absl::Time now);

// The address that a secret invites; nothing when it does not hold.
absl::StatusOr<std::optional<std::string>> GetInvitedEmail(postgres::Database& database,
                                                           const postgres::Context& context,
                                                           std::string_view secret_hash,
                                                           absl::Time now);

// Uses the invitation of an address up and says which it was; nothing when it does not hold. Of two
// who accept it at once, one gets it.
absl::StatusOr<std::optional<InvitationId>> AcceptInvitation(postgres::Work& work,
                                                             std::string_view secret_hash,
                                                             std::string_view email,
                                                             absl::Time now);

}  // namespace guildhall::identity
