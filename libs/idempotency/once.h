#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "libs/base/ids.h"
#include "libs/postgres/database.h"

namespace guildhall::idempotency {

// Which request is to be done once: the same caller, method and request id mean the same request.
struct OnceKey {
  MemberId caller;              // nil for somebody who has not signed in
  std::string_view method;      // "guildhall.directory.v1.MembershipService/JoinCommunity"
  std::string_view request_id;  // as the client sent it: a UUID that it made up (AIP-155)
  std::array<std::uint8_t, 32>
      digest{};  // of the whole request, to tell another body from a repeat
};

// Runs `unit` in a transaction, once for each key, and answers every repeat within a day with what
// the first one answered.
//
// The claim, the effect and the answer are one transaction: if the process or the database dies,
// either all of them are there or none. A commit whose outcome is unknown is settled by running the
// unit again, which finds the claim if it was committed. A unit that refuses leaves no claim: the
// request may be repeated. Two calls with one key at the same time run one after the other.
//
// Cost beside the unit: the claim travels with BEGIN, the answer with COMMIT.
// Fails with: FIELD_INVALID (no UUID), REQUEST_ID_REUSED (another body), BUSY (the first one is
// still at work), and whatever the unit and the database fail with.
template <typename Response>
absl::StatusOr<Response> Once(postgres::Database& database, const postgres::Context& context,
                              const OnceKey& key,
                              absl::FunctionRef<absl::StatusOr<Response>(postgres::Work&)> unit);

// The same for a unit whose answer holds a secret: nothing of the answer is stored, and a repeat is
// refused. Fails also with: SECRET_ALREADY_ISSUED.
template <typename Response>
absl::StatusOr<Response> OnceSecret(
    postgres::Database& database, const postgres::Context& context, const OnceKey& key,
    absl::FunctionRef<absl::StatusOr<Response>(postgres::Work&)> unit);

// Implementation.

namespace internal {

enum class Answers { kRemembered, kSecret };
using UnitOfBytes = absl::FunctionRef<absl::StatusOr<std::string>(postgres::Work&)>;
absl::StatusOr<std::string> Run(postgres::Database& database, const postgres::Context& context,
                                const OnceKey& key, Answers answers, UnitOfBytes unit);
absl::Status Damaged();

template <typename Response>
absl::StatusOr<Response> RunTyped(
    postgres::Database& database, const postgres::Context& context, const OnceKey& key,
    Answers answers, absl::FunctionRef<absl::StatusOr<Response>(postgres::Work&)> unit) {
  absl::StatusOr<std::string> bytes = Run(database, context, key, answers,
                                          [&](postgres::Work& work) -> absl::StatusOr<std::string> {
                                            absl::StatusOr<Response> response = unit(work);
                                            if (!response.ok()) return response.status();
                                            return response->SerializeAsString();
                                          });
  if (!bytes.ok()) return bytes.status();
  Response response;
  if (!response.ParseFromString(*bytes)) return Damaged();
  return response;
}

}  // namespace internal

template <typename Response>
absl::StatusOr<Response> Once(postgres::Database& database, const postgres::Context& context,
                              const OnceKey& key,
                              absl::FunctionRef<absl::StatusOr<Response>(postgres::Work&)> unit) {
  return internal::RunTyped<Response>(database, context, key, internal::Answers::kRemembered, unit);
}

template <typename Response>
absl::StatusOr<Response> OnceSecret(
    postgres::Database& database, const postgres::Context& context, const OnceKey& key,
    absl::FunctionRef<absl::StatusOr<Response>(postgres::Work&)> unit) {
  return internal::RunTyped<Response>(database, context, key, internal::Answers::kSecret, unit);
}

}  // namespace guildhall::idempotency
