#pragma once

#include <string>

#include "libs/base/uuid.h"
#include "services/identity/domain/invitation.h"
#include "services/identity/store/master_key.h"
#include "services/identity/store/secret.h"

namespace guildhall::identity {

// The secret of an invitation that is sent by letter: a keyed hash of its id. So whoever writes the
// letter, and writes it again after a crash, writes the same secret, and until then it lies
// nowhere.
inline std::string LetterSecret(const MasterKey& key, InvitationId id) {
  return SecretOf(SecretKind::kInvitation, key.Fingerprint("invitation letter", id.ToString()));
}

// The same of a request for another address, by its id.
inline std::string EmailLetterSecret(const MasterKey& key, const Uuid& request) {
  return SecretOf(SecretKind::kEmailChange,
                  key.Fingerprint("email change letter", request.ToString()));
}

}  // namespace guildhall::identity
