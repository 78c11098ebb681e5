#include "tools/import/discourse/code_spans.h"

#include <algorithm>

namespace guildhall::discourse {

std::size_t CodeSpans::LengthAt(std::string_view rest) {
  const std::size_t ticks = std::min(rest.find_first_not_of('`'), rest.size());
  work_ += ticks;
  if (ticks > kMaxTicks || endless_[ticks]) return ticks;
  for (std::size_t at = rest.find('`', ticks); at < rest.size();) {
    const std::size_t end = std::min(rest.find_first_not_of('`', at), rest.size());
    if (end - at == ticks) {
      work_ += end;
      return end;
    }
    at = rest.find('`', end);
  }
  work_ += rest.size();
  endless_[ticks] = true;
  return ticks;
}

}  // namespace guildhall::discourse
