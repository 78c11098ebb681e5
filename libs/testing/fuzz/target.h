#pragma once

#include <cstddef>
#include <string_view>

namespace guildhall::testing {

// What a fuzz target (x_fuzz.cpp beside x.cpp) defines: gives an input, whatever it holds, to a
// parser of untrusted bytes, and aborts (GUILDHALL_CHECK) where something that holds of all inputs
// does not hold of this one. Deterministic: the same input does the same.
//
// Beside that, what target.cpp measures is held of each input: at most kMostBytes taken from the
// heap at any one time, and kMostMilliseconds of CPU in a program without sanitizers.
void TakeInput(std::string_view input);

// One in so many inputs (told by its bytes) is also taken again and again, one behind the other, as
// 64 KiB and as kLongestInput: what is not linear shows then. replay.cpp lets each be.
extern unsigned repeated_one_in;

// The longest input; a request of a person is seldom longer.
inline constexpr std::size_t kLongestInput = 256 << 10;

// Of one input (promise 7 of README.md).
inline constexpr int kMostMilliseconds = 50;
inline constexpr std::size_t kMostBytes = 64 << 20;

// Cuts the first line off, without its line feed; all that is left where there is none. So what a
// person writes into a corpus is read as several arguments.
inline std::string_view TakeLine(std::string_view& input) {
  const std::size_t end = input.find('\n');
  const std::string_view line = input.substr(0, end);
  input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
  return line;
}

}  // namespace guildhall::testing
