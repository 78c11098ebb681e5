#include "services/identity/api/convert.h"

#include "libs/resources/names.h"

namespace guildhall::identity {

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

}  // namespace guildhall::identity
