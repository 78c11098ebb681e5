#include "libs/http/grpc_status.h"

#include <algorithm>

#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/base/text.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall {
namespace {

void CheckSame(const absl::Status& a, const absl::Status& b) {
  GUILDHALL_CHECK(a.code() == b.code() && a.message() == b.message());
  std::optional<RefusalDetails> first = DetailsOf(a), second = DetailsOf(b);
  GUILDHALL_CHECK(first.has_value() == second.has_value());
  if (!first) return;
  // A map on the wire, without an order.
  std::ranges::sort(first->metadata);
  std::ranges::sort(second->metadata);
  GUILDHALL_CHECK(first->reason == second->reason && first->domain == second->domain);
  GUILDHALL_CHECK(first->metadata == second->metadata);
  GUILDHALL_CHECK(first->violations.size() == second->violations.size());
  GUILDHALL_CHECK(first->retry_after == second->retry_after);
}

}  // namespace
}  // namespace guildhall

// What a service answered: a code, a message, and the bytes of details.
void guildhall::testing::TakeInput(std::string_view input) {
  const std::string_view message = TakeLine(input);
  // Services write UTF-8; protobuf takes no other text back.
  if (!IsStorableUtf8(message)) return;
  const int code = input.empty() ? 0 : static_cast<signed char>(input.front());
  const absl::Status status = http::ParseStatus(code, message, input.substr(!input.empty()));
  const std::string bytes = http::SerializeStatus(status);
  CheckSame(status, http::ParseStatus(static_cast<int>(status.code()), message, bytes));
}
