#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/base/standing.h"
#include "libs/postgres/database.h"
#include "services/identity/domain/access_token.h"

namespace guildhall::identity {

// All fail with DEPENDENCY_AWAY, DEADLINE_PASSED or CANCELLED; those that lock also with BUSY.

// A token and whose it is.
struct OwnedAccessToken {
  AccessToken token;
  std::string owner_name;
  Affiliation affiliation = Affiliation::kNone;
};

// The token of a secret (HashOfSecret), ended ones too; nothing for one never given out.
absl::StatusOr<std::optional<OwnedAccessToken>> GetAccessTokenBySecret(
    postgres::Database& database, const postgres::Context& context, std::string_view secret_hash);

// The tokens of the caller that hold, newest first, at most kMaxAccessTokens.
absl::StatusOr<std::vector<AccessToken>> ListOwnAccessTokens(postgres::Database& database,
                                                             const postgres::Context& context,
                                                             const access::Grant& grant,
                                                             absl::Time now);

// How many tokens of a locked account hold.
absl::StatusOr<int> CountAccessTokens(postgres::Work& work, MemberId account, absl::Time now);

// Makes a token for a locked account.
void InsertAccessToken(postgres::Work& work, const AccessToken& token,
                       std::string_view secret_hash);

// Ends a token of the caller that holds and says whether it did; nothing when the caller has no
// such token, held or not.
absl::StatusOr<std::optional<bool>> RevokeOwnAccessToken(postgres::Work& work,
                                                         const access::Grant& grant,
                                                         AccessTokenId token, absl::Time now);

// Ends the tokens of an account that hold and says which.
absl::StatusOr<std::vector<AccessTokenId>> RevokeAllAccessTokens(postgres::Work& work,
                                                                 MemberId account, absl::Time now);

// Notes when tokens were last used; times never go back. uses[i] belongs to ids[i], which may also
// be sessions: those are passed over.
absl::Status NoteAccessTokenUses(postgres::Database& database, const postgres::Context& context,
                                 std::span<const SessionId> ids, std::span<const absl::Time> uses);

}  // namespace guildhall::identity
