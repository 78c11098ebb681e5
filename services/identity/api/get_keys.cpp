#include "services/identity/api/identity.h"

namespace guildhall::identity {

absl::StatusOr<v1::GetKeysResponse> GetKeys(Identity& identity, const rpc::Call&,
                                            const v1::GetKeysRequest&) {
  v1::GetKeysResponse response;
  for (const access::PublicKey& key : identity.keys.PublicKeys()) {
    v1::PublicKey& out = *response.add_keys();
    out.set_key_id(key.key_id);
    out.set_x(key.x);
    out.set_y(key.y);
  }
  return response;
}

}  // namespace guildhall::identity
