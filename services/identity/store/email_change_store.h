#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/identity/domain/email_change.h"

namespace guildhall::identity {

// Changes of addresses, secrets by their hashes (HashOfSecret). All fail with DEPENDENCY_AWAY,
// DEADLINE_PASSED or CANCELLED; those that lock also with BUSY.

// Notes that the owner of a locked account wants another address, in place of an earlier one.
// Nothing says whether that has an account.
void PutEmailRequest(postgres::Work& work, const EmailRequest& request,
                     std::string_view secret_hash);

// Uses the request of a locked account up and says the address; nothing when the secret does not
// hold or is another account's.
absl::StatusOr<std::optional<std::string>> TakeEmailRequest(postgres::Work& work, MemberId account,
                                                            std::string_view secret_hash,
                                                            absl::Time now);

// Ends what a locked account has asked for, if it has.
void DeleteEmailRequest(postgres::Work& work, MemberId account);

// Gives a locked account another address. Fails also with EMAIL_TAKEN.
absl::Status UpdateEmail(postgres::Work& work, MemberId account, std::string_view email);

// Notes that an account got another address.
void InsertEmailChange(postgres::Work& work, const Uuid& id, MemberId account,
                       const EmailChange& change);

// Those of the caller's account of the last kEmailChangesKept, the last one first; at most
// kMaxEmailChanges. One range of an index.
absl::StatusOr<std::vector<EmailChange>> ListOwnEmailChanges(postgres::Database& database,
                                                             const postgres::Context& context,
                                                             const access::Grant& grant,
                                                             absl::Time now);

// Has a letter put down, from `now` on.
void InsertEmailLetter(postgres::Work& work, const EmailLetter& letter, absl::Time now);

// Claims the letter that is due longest for this worker until `until`; nothing when none is due. If
// the worker dies, it is due again afterwards.
absl::StatusOr<std::optional<EmailLetter>> ClaimEmailLetter(postgres::Database& database,
                                                            const postgres::Context& context,
                                                            absl::Time now, absl::Time until);

// What decides what a letter of kConfirm says.
struct EmailRequestFacts {
  bool holds = false;  // its request was not used up, taken back or replaced, nor ran out
  bool taken = false;  // an account has the address
};
absl::StatusOr<EmailRequestFacts> GetEmailRequestFacts(postgres::Database& database,
                                                       const postgres::Context& context,
                                                       const EmailLetter& letter, absl::Time now);

// Forgets a letter that was put down, or is not due any more. Safe to repeat.
absl::Status DeleteEmailLetter(postgres::Database& database, const postgres::Context& context,
                               const Uuid& id);

}  // namespace guildhall::identity
