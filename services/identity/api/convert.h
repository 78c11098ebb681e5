#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "guildhall/identity/v1/access_token_service.pb.h"
#include "guildhall/identity/v1/account_invitation_service.pb.h"
#include "guildhall/identity/v1/email_change_service.pb.h"
#include "guildhall/identity/v1/identity_service.pb.h"
#include "guildhall/identity/v1/password_service.pb.h"
#include "services/identity/domain/access_token.h"
#include "services/identity/domain/account.h"
#include "services/identity/domain/email_change.h"
#include "services/identity/domain/endings.h"
#include "services/identity/domain/invitation.h"
#include "services/identity/domain/password_reset.h"
#include "services/identity/domain/session.h"

namespace guildhall::identity {

// Between the contract's messages and the domain's types.

google::protobuf::Timestamp ToProto(absl::Time time);
v1::Account ToProto(const Account& account);
// With why it is suspended and until when, which nobody else is told.
v1::Account ToAdministrators(const Account& account);
// `current` is the calling session; nil when there is none.
v1::Session ToProto(const Session& session, SessionId current);
v1::AccessToken ToProto(const AccessToken& token);
v1::Invitation ToProto(const Invitation& invitation);
v1::PasswordReset ToProto(const PasswordReset& reset);
v1::EmailChange ToProto(const EmailChange& change);

absl::Time FromProto(const google::protobuf::Timestamp& time);
TokenWish TokenWishFrom(bool keep_access_tokens);
// Fails with: FIELD_INVALID for what is unspecified or unknown.
absl::StatusOr<TokenScope> ScopeFrom(std::string_view field, v1::AccessTokenScope scope);
// `accessTokens/{id}`. Fails with: FIELD_INVALID.
absl::StatusOr<AccessTokenId> AccessTokenFrom(std::string_view field, std::string_view name);
// `accountInvitations/{id}`. Fails with: FIELD_INVALID.
absl::StatusOr<InvitationId> InvitationFrom(std::string_view field, std::string_view name);

}  // namespace guildhall::identity
