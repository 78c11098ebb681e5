#include "libs/postgres/rows.h"

#include <charconv>

namespace guildhall::postgres {

std::int64_t Rows::affected() const {
  const std::string_view text = PQcmdTuples(result_.get());
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

std::string_view Rows::tag() const {
  return result_ ? std::string_view(PQcmdStatus(result_.get())) : std::string_view();
}

}  // namespace guildhall::postgres
