#include "libs/rpc/call.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "libs/base/check.h"

namespace guildhall::rpc {

postgres::Context Call::context() const {
  if (facts_.traceparent[0] == '\0') facts_.traceparent = facts_.trace.Text();
  return {facts_.deadline,
          &facts_.cancellation,
          {facts_.traceparent.data(), facts_.traceparent.size()}};
}

idempotency::OnceKey Call::OnceKey(std::string_view request_id) const {
  idempotency::OnceKey key{
      .caller = facts_.caller.member, .method = facts_.method, .request_id = request_id};
  const std::string_view bytes = facts_.request_bytes;
  GUILDHALL_CHECK(HMAC(EVP_sha256(), facts_.digest_key.data(),
                       static_cast<int>(facts_.digest_key.size()),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                       key.digest.data(), nullptr) != nullptr);
  return key;
}

}  // namespace guildhall::rpc
