#pragma once

#include <string_view>
#include <vector>

namespace guildhall::identity {

// Whether a password is among those that are tried first. `own` are texts about its owner, such as
// the address and the name.
//
// At 15 characters, lists of leaked passwords hold little but patterns, so these are rules with a
// short list of words of our own making, not a copy of a list:
//   * one short pattern repeated (aaaa…, abcabc…, 12341234…)
//   * a walk along the alphabet, the digits or the rows and columns of a keyboard
//   * nothing but notorious words with digits and signs between them, also in leet spelling
//   * the owner's address or name with little else
// Cost: O(length × words), some microseconds.
bool IsCommonPassword(std::string_view password, const std::vector<std::string_view>& own);

}  // namespace guildhall::identity
