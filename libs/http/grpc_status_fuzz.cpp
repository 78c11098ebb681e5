#include "libs/http/grpc_status.h"

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::testing {

// What a service answered: a code, a message, and the bytes of details.
void TakeInput(std::string_view input) {
  const std::string_view message = TakeLine(input);
  const int code = input.empty() ? 0 : static_cast<signed char>(input.front());
  const absl::Status status = http::ParseStatus(code, message, input.substr(!input.empty()));
  // A second reading takes the first one for what it is.
  const std::string bytes = http::SerializeStatus(status);
  const absl::Status again = http::ParseStatus(
      static_cast<int>(status.code()), {status.message().data(), status.message().size()}, bytes);
  GUILDHALL_CHECK(again.code() == status.code() && again.message() == status.message());
  GUILDHALL_CHECK(http::SerializeStatus(again) == bytes);
}

}  // namespace guildhall::testing
