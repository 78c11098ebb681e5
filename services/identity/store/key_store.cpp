#include "services/identity/store/key_store.h"

#include "identity/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::identity {
namespace {

std::vector<StoredKey> KeysFrom(const postgres::Rows& rows) {
  std::vector<StoredKey> keys;
  for (const postgres::Row row : rows) {
    StoredKey key;
    key.public_key = {row.Get<std::string>(0), row.Get<std::string>(1), row.Get<std::string>(2)};
    key.sealed_private_key = row.Get<std::string>(3);
    key.sign_from = row.Get<absl::Time>(4);
    keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace

absl::StatusOr<std::vector<StoredKey>> ListKeys(postgres::Database& database,
                                                const postgres::Context& context) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kListSigningKeys));
  return KeysFrom(rows);
}

absl::StatusOr<std::vector<StoredKey>> LockKeys(postgres::Work& work) {
  work.Defer(sql::kLockKeyRotation);
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kListSigningKeys));
  return KeysFrom(rows);
}

void InsertKey(postgres::Work& work, const StoredKey& key, absl::Time now) {
  work.Defer(sql::kInsertSigningKey, key.public_key.key_id, postgres::Bytea{key.public_key.x},
             postgres::Bytea{key.public_key.y}, postgres::Bytea{key.sealed_private_key},
             key.sign_from, now);
}

void DeleteKeys(postgres::Work& work, const std::vector<std::string>& key_ids) {
  work.Defer(sql::kDeleteSigningKeys, key_ids);
}

}  // namespace guildhall::identity
