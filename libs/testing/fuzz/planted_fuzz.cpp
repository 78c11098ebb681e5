// Broken on purpose: a message with its length before it, which is believed. What `tools/dev test`
// says of it proves that a fault is found, and told so that it can be repeated.
#include <cstddef>
#include <memory>

#include "libs/testing/fuzz/target.h"

namespace guildhall::testing {

void TakeInput(std::string_view input) {
  if (!input.starts_with("Guild") || input.size() < 7) return;
  const auto size = static_cast<unsigned char>(input[5]);
  const auto message = std::make_unique<char[]>(size);
  // Or no compiler would write what nobody reads.
  volatile char* const room = message.get();
  for (std::size_t i = 0; i + 6 < input.size(); ++i) room[i] = input[6 + i];
}

}  // namespace guildhall::testing
