#include "libs/idempotency/once.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "guildhall/policy/v1/reasons.h"
#include "idempotency/statements.h"
#include "libs/base/status_macros.h"
#include "libs/postgres/errors.h"

namespace guildhall::idempotency::internal {
namespace {

// A second loss of the connection at COMMIT is bad luck, a third one is an outage.
constexpr int kAttempts = 3;

absl::StatusOr<RequestId> RequestIdOf(const OnceKey& key) {
  // Clients' libraries write either case (RFC 9562, section 4). A nil one was never filled in.
  const std::optional<RequestId> id =
      RequestId::Parse(absl::AsciiStrToLower(std::string(key.request_id)));
  if (id && !id->IsNil()) return *id;
  return Refusal(policy::reasons::kFieldInvalid, "A write needs a UUID as its request id.")
      .Field("request_id", "is a UUID, not all zero, made by the client for this request");
}

std::string_view BytesOf(const std::array<std::uint8_t, 32>& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// What the first call got, or why this one gets nothing.
absl::StatusOr<std::string> Recall(postgres::Work& work, RequestId id, const OnceKey& key) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kReadClaim, id, key.caller, key.method));
  if (rows.empty()) return Refusal(policy::reasons::kBusy, "The request is being forgotten.");
  if (rows[0].Get<std::string_view>(0) != BytesOf(key.digest)) {
    return Refusal(policy::reasons::kRequestIdReused,
                   "The request id was used before with another request.");
  }
  auto answer = rows[0].Get<std::optional<std::string>>(1);
  if (answer) return *std::move(answer);
  return Refusal(policy::reasons::kSecretAlreadyIssued, "The answer is shown once.");
}

absl::StatusOr<std::string> Attempt(postgres::Work& work, RequestId id, const OnceKey& key,
                                    Answers answers, UnitOfBytes unit) {
  GUILDHALL_ASSIGN(const postgres::Rows claimed,
                   work.Run(sql::kClaimRequest, id, key.caller, key.method,
                            postgres::Bytea{BytesOf(key.digest)}));
  if (claimed.empty()) return Recall(work, id, key);
  GUILDHALL_ASSIGN(std::string answer, unit(work));
  if (answers == Answers::kRemembered) {
    work.Defer(sql::kRememberAnswer, id, key.caller, key.method, postgres::Bytea{answer});
  }
  return answer;
}

}  // namespace

absl::StatusOr<std::string> Run(postgres::Database& database, const postgres::Context& context,
                                const OnceKey& key, Answers answers, UnitOfBytes unit) {
  GUILDHALL_ASSIGN(const RequestId id, RequestIdOf(key));
  for (int attempt = 1;; ++attempt) {
    absl::StatusOr<std::string> answer = database.Transact<std::string>(
        context, [&](postgres::Work& work) { return Attempt(work, id, key, answers, unit); });
    if (answer.ok() || attempt == kAttempts || !postgres::CommitUnknown(answer.status())) {
      return answer;
    }
  }
}

absl::Status Damaged() {
  return Refusal(policy::reasons::kInternal, "A remembered answer cannot be read.");
}

}  // namespace guildhall::idempotency::internal
