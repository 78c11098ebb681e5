#include "services/identity/api/convert.h"

#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"
#include "libs/resources/names.h"

namespace guildhall::identity {
namespace {

constexpr std::string_view kAccessTokens = "accessTokens";
constexpr std::string_view kInvitations = "accountInvitations";

template <typename IdType>
std::string NameOf(std::string_view collection, IdType id) {
  return absl::StrCat(Absl(collection), "/", id.ToString());
}

template <typename IdType>
absl::StatusOr<IdType> IdFrom(std::string_view field, std::string_view name,
                              std::string_view collection) {
  const auto parts = resources::Split(name);
  if (!parts || parts->collection != collection || !parts->child_collection.empty()) {
    return WrongField(field, absl::StrCat("has the form ", Absl(collection), "/{id}"));
  }
  return IdType(parts->id);
}

}  // namespace

google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp out;
  const std::int64_t seconds = absl::ToUnixSeconds(time);
  out.set_seconds(seconds);
  out.set_nanos(
      static_cast<std::int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return out;
}

v1::Account ToProto(const Account& account) {
  v1::Account out;
  out.set_member(resources::Name(account.id));
  out.set_email(account.email);
  out.set_display_name(account.display_name);
  out.set_affiliation(static_cast<v1::Affiliation>(account.affiliation));
  *out.mutable_create_time() = ToProto(account.create_time);
  out.set_administrator(account.administrator);
  if (account.suspend_time) *out.mutable_suspend_time() = ToProto(*account.suspend_time);
  return out;
}

v1::Account ToAdministrators(const Account& account) {
  v1::Account out = ToProto(account);
  if (!account.suspend_time) return out;
  out.set_suspend_reason(account.suspend_reason);
  if (account.suspend_expire_time)
    *out.mutable_suspend_expire_time() = ToProto(*account.suspend_expire_time);
  return out;
}

v1::Session ToProto(const Session& session, SessionId current) {
  v1::Session out;
  out.set_name(resources::Name(session.id));
  *out.mutable_create_time() = ToProto(session.create_time);
  *out.mutable_last_used_time() = ToProto(session.last_used_time);
  *out.mutable_expire_time() = ToProto(session.expire_time);
  out.set_user_agent(session.user_agent);
  out.set_address_prefix(session.place);
  out.set_current(session.id == current);
  return out;
}

v1::AccessToken ToProto(const AccessToken& token) {
  v1::AccessToken out;
  out.set_name(NameOf(kAccessTokens, token.id));
  out.set_display_name(token.display_name);
  out.set_scope(static_cast<v1::AccessTokenScope>(token.scope));
  *out.mutable_create_time() = ToProto(token.create_time);
  *out.mutable_expire_time() = ToProto(token.expire_time);
  if (token.last_used_time) *out.mutable_last_used_time() = ToProto(*token.last_used_time);
  return out;
}

v1::Invitation ToProto(const Invitation& invitation) {
  v1::Invitation out;
  out.set_name(NameOf(kInvitations, invitation.id));
  out.set_email(invitation.email);
  out.set_creator(resources::Name(invitation.creator));
  *out.mutable_create_time() = ToProto(invitation.create_time);
  *out.mutable_expire_time() = ToProto(invitation.expire_time);
  return out;
}

v1::PasswordReset ToProto(const PasswordReset& reset) {
  v1::PasswordReset out;
  if (reset.issuer) out.set_issuer(resources::Name(*reset.issuer));
  *out.mutable_issue_time() = ToProto(reset.issue_time);
  if (reset.use_time) *out.mutable_use_time() = ToProto(*reset.use_time);
  return out;
}

v1::EmailChange ToProto(const EmailChange& change) {
  v1::EmailChange out;
  if (change.changer) out.set_changer(resources::Name(*change.changer));
  *out.mutable_change_time() = ToProto(change.change_time);
  return out;
}

absl::Time FromProto(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

TokenWish TokenWishFrom(bool keep_access_tokens) {
  return keep_access_tokens ? TokenWish::kKeep : TokenWish::kNone;
}

absl::StatusOr<TokenScope> ScopeFrom(std::string_view field, v1::AccessTokenScope scope) {
  if (scope == v1::ACCESS_TOKEN_SCOPE_READ) return TokenScope::kRead;
  if (scope == v1::ACCESS_TOKEN_SCOPE_WRITE) return TokenScope::kWrite;
  return WrongField(field, "takes ACCESS_TOKEN_SCOPE_READ or ACCESS_TOKEN_SCOPE_WRITE");
}

absl::StatusOr<AccessTokenId> AccessTokenFrom(std::string_view field, std::string_view name) {
  return IdFrom<AccessTokenId>(field, name, kAccessTokens);
}

absl::StatusOr<InvitationId> InvitationFrom(std::string_view field, std::string_view name) {
  return IdFrom<InvitationId>(field, name, kInvitations);
}

}  // namespace guildhall::identity
