#include "services/identity/store/access_token_store.h"

#include "identity/statements.h"
#include "libs/base/status_macros.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

// Columns that statements about whole tokens return first.
constexpr int kTokenColumns = 8;

AccessToken TokenFrom(const postgres::Row& row) {
  AccessToken token;
  token.id = row.Get<AccessTokenId>(0);
  token.account = row.Get<MemberId>(1);
  token.display_name = row.Get<std::string>(2);
  token.scope = static_cast<TokenScope>(row.Get<std::int32_t>(3));
  token.create_time = row.Get<absl::Time>(4);
  token.expire_time = row.Get<absl::Time>(5);
  token.last_used_time = row.Get<std::optional<absl::Time>>(6);
  token.revoke_time = row.Get<std::optional<absl::Time>>(7);
  return token;
}

}  // namespace

absl::StatusOr<std::optional<OwnedAccessToken>> GetAccessTokenBySecret(
    postgres::Database& database, const postgres::Context& context, std::string_view secret_hash) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kGetAccessTokenBySecret,
                                                            postgres::Bytea{secret_hash}));
  if (rows.empty()) return std::nullopt;
  const postgres::Row row = rows[0];
  return OwnedAccessToken{TokenFrom(row), row.Get<std::string>(kTokenColumns),
                          static_cast<Affiliation>(row.Get<std::int32_t>(kTokenColumns + 1))};
}

absl::StatusOr<std::vector<AccessToken>> ListOwnAccessTokens(postgres::Database& database,
                                                             const postgres::Context& context,
                                                             const access::Grant& grant,
                                                             absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kListAccessTokens,
                                                            grant.member(), now, kMaxAccessTokens));
  std::vector<AccessToken> tokens;
  for (const postgres::Row row : rows) tokens.push_back(TokenFrom(row));
  return tokens;
}

absl::StatusOr<int> CountAccessTokens(postgres::Work& work, MemberId account, absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kCountAccessTokens, account, now));
  return static_cast<int>(rows[0].Get<std::int64_t>(0));
}

void InsertAccessToken(postgres::Work& work, const AccessToken& token,
                       std::string_view secret_hash) {
  work.Defer(sql::kInsertAccessToken, token.id, token.account, postgres::Bytea{secret_hash},
             token.display_name, static_cast<std::int32_t>(token.scope), token.create_time,
             token.expire_time);
}

absl::StatusOr<std::optional<bool>> RevokeOwnAccessToken(postgres::Work& work,
                                                         const access::Grant& grant,
                                                         AccessTokenId token, absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows revoked,
                   work.Run(sql::kRevokeAccessToken, token, grant.member(), now));
  if (!revoked.empty()) return true;
  GUILDHALL_ASSIGN(const postgres::Rows owned,
                   work.Run(sql::kOwnsAccessToken, token, grant.member()));
  if (!owned[0].Get<bool>(0)) return std::nullopt;
  return false;
}

absl::StatusOr<std::vector<AccessTokenId>> RevokeAllAccessTokens(postgres::Work& work,
                                                                 MemberId account, absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kRevokeAccessTokens, account, now));
  std::vector<AccessTokenId> ended;
  for (const postgres::Row row : rows) ended.push_back(row.Get<AccessTokenId>(0));
  return ended;
}

absl::Status NoteAccessTokenUses(postgres::Database& database, const postgres::Context& context,
                                 std::span<const SessionId> ids, std::span<const absl::Time> uses) {
  return database.Write(context, sql::kNoteAccessTokenUses, ids, uses).status();
}

}  // namespace guildhall::identity
