#include "libs/telemetry/trace.h"

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::testing {

// What is read is written the same, but for the version, flags that 00 does not know, and what
// later versions add.
void TakeInput(std::string_view input) {
  const auto trace = telemetry::TraceContext::Parse(input);
  if (!trace) return;
  const auto text = trace->Text();
  const std::string_view written(text.data(), text.size());
  constexpr std::size_t kIds = 51;
  GUILDHALL_CHECK(written.substr(2, kIds) == input.substr(2, kIds));
  const auto again = telemetry::TraceContext::Parse(written);
  GUILDHALL_CHECK(again && again->Text() == text);
}

}  // namespace guildhall::testing
