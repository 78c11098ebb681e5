#include "libs/access/flat_json.h"

#include <nlohmann/json.hpp>

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::testing {

// What is taken is JSON to everybody, of strings and integers, with the same values.
void TakeInput(std::string_view input) {
  const auto read = access::FlatJson::Parse(input);
  if (!read) return;
  const auto json = nlohmann::json::parse(input, nullptr, false);
  GUILDHALL_CHECK(json.is_object() && json.size() == read->size());
  for (const auto& [name, value] : json.items()) {
    if (value.is_string()) {
      const std::string* const text = read->String(name);
      GUILDHALL_CHECK(text != nullptr && *text == value.get<std::string>());
    } else {
      const std::int64_t* const number = read->Integer(name);
      GUILDHALL_CHECK(value.is_number_integer() && number != nullptr);
      GUILDHALL_CHECK(*number == value.get<std::int64_t>());
    }
  }
}

}  // namespace guildhall::testing
