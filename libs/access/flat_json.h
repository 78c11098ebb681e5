#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace guildhall::access {

// A JSON object of strings and integers, which is all that our tokens hold.
class FlatJson {
 public:
  // Nothing for anything else: other kinds of values, nesting, a name given twice, an integer
  // beyond 64 bits, fractions and exponents, broken UTF-8, text around the object.
  static std::optional<FlatJson> Parse(std::string_view text);

  std::size_t size() const { return members_.size(); }

  // Null when the member is missing or of the other kind.
  const std::string* String(const std::string& name) const;
  const std::int64_t* Integer(const std::string& name) const;

 private:
  friend class FlatJsonReader;
  std::map<std::string, std::variant<std::string, std::int64_t>> members_;
};

}  // namespace guildhall::access
