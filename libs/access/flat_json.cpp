#include "libs/access/flat_json.h"

#include <nlohmann/json.hpp>

namespace guildhall::access {

// Takes the parser's events; answering false ends the parse.
class FlatJsonReader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit FlatJsonReader(FlatJson& out) : out_(out) {}

  bool start_object(std::size_t) override { return depth_++ == 0; }
  bool end_object() override { return true; }
  bool key(string_t& name) override {
    name_ = name;
    return !out_.members_.contains(name);
  }
  bool string(string_t& value) override { return Put(std::move(value)); }
  bool number_integer(number_integer_t value) override { return Put(value); }
  bool number_unsigned(number_unsigned_t value) override {
    return value <= static_cast<number_unsigned_t>(INT64_MAX) &&
           Put(static_cast<std::int64_t>(value));
  }

  bool null() override { return false; }
  bool boolean(bool) override { return false; }
  bool number_float(number_float_t, const string_t&) override { return false; }
  bool binary(binary_t&) override { return false; }
  bool start_array(std::size_t) override { return false; }
  bool end_array() override { return false; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
    return false;
  }

 private:
  bool Put(std::variant<std::string, std::int64_t> value) {
    if (depth_ == 0) return false;
    return out_.members_.emplace(std::move(name_), std::move(value)).second;
  }

  FlatJson& out_;
  int depth_ = 0;
  std::string name_;
};

std::optional<FlatJson> FlatJson::Parse(std::string_view text) {
  FlatJson out;
  FlatJsonReader reader(out);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &reader)) return std::nullopt;
  return out;
}

const std::string* FlatJson::String(const std::string& name) const {
  const auto found = members_.find(name);
  return found == members_.end() ? nullptr : std::get_if<std::string>(&found->second);
}

const std::int64_t* FlatJson::Integer(const std::string& name) const {
  const auto found = members_.find(name);
  return found == members_.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
}

}  // namespace guildhall::access
