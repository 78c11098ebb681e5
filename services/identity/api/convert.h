#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "guildhall/identity/v1/identity_service.pb.h"
#include "services/identity/domain/account.h"
#include "services/identity/domain/session.h"

namespace guildhall::identity {

// Between the contract's messages and the domain's types.

google::protobuf::Timestamp ToProto(absl::Time time);
v1::Account ToProto(const Account& account);
// `current` is the calling session; nil when there is none.
v1::Session ToProto(const Session& session, SessionId current);

}  // namespace guildhall::identity
