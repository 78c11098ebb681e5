#include "services/identity/workers/key_rotation.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "services/identity/domain/key_schedule.h"

namespace guildhall::identity {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(5);

std::string SealContext(const access::PublicKey& key) {
  return absl::StrCat("signing key ", key.key_id);
}

KeyPlan PlanFor(const std::vector<StoredKey>& keys, absl::Time now) {
  std::vector<ScheduledKey> schedule;
  for (const StoredKey& key : keys) schedule.push_back({key.public_key.key_id, key.sign_from});
  return PlanKeys(schedule, now);
}

}  // namespace

absl::Status KeyRotation::RunOnce(absl::Time now) {
  const postgres::Context context{.deadline = Deadline::After(kPatience)};
  GUILDHALL_ASSIGN(std::vector<StoredKey> keys, ListKeys(database_, context));
  if (!PlanFor(keys, now).empty()) {
    GUILDHALL_ASSIGN(keys, Rotate(context, now));
  }
  return Load(keys);
}

absl::StatusOr<std::vector<StoredKey>> KeyRotation::Rotate(const postgres::Context& context,
                                                           absl::Time now) {
  return database_.Transact<std::vector<StoredKey>>(
      context, [&](postgres::Work& work) -> absl::StatusOr<std::vector<StoredKey>> {
        GUILDHALL_ASSIGN(std::vector<StoredKey> keys, LockKeys(work));
        const KeyPlan plan = PlanFor(keys, now);
        if (!plan.drop.empty()) DeleteKeys(work, plan.drop);
        for (const std::string& id : plan.drop) {
          std::erase_if(keys, [&](const StoredKey& key) { return key.public_key.key_id == id; });
        }
        for (const absl::Time sign_from : plan.make) {
          InsertKey(work, keys.emplace_back(NewKey(sign_from)), now);
        }
        return keys;
      });
}

StoredKey KeyRotation::NewKey(absl::Time sign_from) {
  const access::SigningKey key = access::SigningKey::Generate();
  const access::PublicKey& public_key = key.public_key();
  return {public_key, master_key_.Seal(key.ToPrivateBytes(), SealContext(public_key), random_),
          sign_from};
}

absl::Status KeyRotation::Load(const std::vector<StoredKey>& keys) {
  std::vector<KeyRing::Key> opened;
  std::vector<access::PublicKey> public_keys;
  for (const StoredKey& stored : keys) {
    GUILDHALL_ASSIGN(const std::string bytes,
                     master_key_.Open(stored.sealed_private_key, SealContext(stored.public_key)));
    GUILDHALL_ASSIGN(access::SigningKey key, access::SigningKey::FromPrivateBytes(bytes));
    opened.push_back(
        {stored.sign_from, std::make_shared<const access::TokenSigner>(issuer_, std::move(key))});
    public_keys.push_back(stored.public_key);
  }
  ring_.Replace(std::move(opened));
  own_.Replace(public_keys);
  return absl::OkStatus();
}

}  // namespace guildhall::identity
