#include "tools/import/archive/json_elements.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace guildhall::importing {
namespace {

using Json = nlohmann::json;

// Puts each element together while the text is parsed.
class ElementReader : public nlohmann::json_sax<Json> {
 public:
  explicit ElementReader(const TakeElement& take) : take_(take) {}

  // Why it stopped; what is wrong with the text is said without the file.
  absl::Status TakeStatus(const std::string& path) {
    if (!fault_.empty()) status_ = absl::InvalidArgumentError(absl::StrCat(path, ": ", fault_));
    return std::move(status_);
  }

  bool start_array(std::size_t) override {
    if (!began_) return began_ = true;
    return Open(Json::array());
  }
  bool end_array() override { return open_.empty() || Close(); }
  bool start_object(std::size_t) override {
    if (!began_) return Fail("no array");
    return Open(Json::object());
  }
  bool end_object() override { return Close(); }
  bool key(std::string& name) override {
    std::erase(name, '\0');
    bytes_ += name.size();
    key_ = std::move(name);
    if (open_.back()->contains(key_)) return Fail(absl::StrCat(Where(), "has a member twice"));
    return true;
  }
  bool string(std::string& value) override {
    std::erase(value, '\0');
    bytes_ += value.size();
    return Put(std::move(value)) != nullptr;
  }
  bool number_unsigned(std::uint64_t value) override { return Put(value) != nullptr; }
  bool number_integer(std::int64_t value) override { return Put(value) != nullptr; }
  bool number_float(double value, const std::string&) override { return Put(value) != nullptr; }
  bool boolean(bool value) override { return Put(value) != nullptr; }
  bool null() override { return Put(nullptr) != nullptr; }
  bool binary(Json::binary_t&) override { return Fail("binary"); }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::json::exception&) override {
    return Fail(absl::StrCat("no JSON in UTF-8 at byte ", at));
  }

 private:
  bool Open(Json container) {
    if (open_.size() == kMaxJsonDepth) return Fail(absl::StrCat(Where(), "nests too deep"));
    if (open_.empty()) {
      if (!container.is_object()) return Fail(absl::StrCat(Where(), "is no object"));
      element_ = std::move(container);
      open_.push_back(&element_);
      return true;
    }
    Json* const put = Put(std::move(container));
    if (put == nullptr) return false;
    open_.push_back(put);
    return true;
  }

  // Into the innermost container, where it stays until that is closed.
  Json* Put(Json value) {
    if (open_.empty()) {
      Fail(began_ ? absl::StrCat(Where(), "is no object") : "no array");
      return nullptr;
    }
    if (++values_ > kMaxElementValues || bytes_ > kMaxElementBytes) {
      Fail(absl::StrCat(Where(), "is too large"));
      return nullptr;
    }
    Json& container = *open_.back();
    if (container.is_object()) return &(container[std::exchange(key_, {})] = std::move(value));
    container.push_back(std::move(value));
    return &container.back();
  }

  bool Close() {
    open_.pop_back();
    if (!open_.empty()) return true;
    status_ = take_(element_);
    ++count_;
    values_ = bytes_ = 0;
    return status_.ok();
  }

  bool Fail(std::string why) {
    if (fault_.empty()) fault_ = std::move(why);
    return false;
  }
  std::string Where() const { return absl::StrCat("element ", count_ + 1, " "); }

  const TakeElement& take_;
  absl::Status status_;
  std::string fault_;
  Json element_;
  // Containers that are open, the innermost last. A container grows only while it is the last, so
  // those before it stay where they are.
  std::vector<Json*> open_;
  std::string key_;
  std::size_t values_ = 0, bytes_ = 0;  // of the element
  bool began_ = false;
  std::int64_t count_ = 0;
};

}  // namespace

absl::Status ForEachElement(const std::string& path, std::string_view json,
                            const TakeElement& take) {
  ElementReader reader(take);
  if (Json::sax_parse(json.begin(), json.end(), &reader)) return absl::OkStatus();
  return reader.TakeStatus(path);
}

const Json& MemberOf(const Json& object, const char* name) {
  static const Json kNone;
  const auto found = object.is_object() ? object.find(name) : object.end();
  return found == object.end() ? kNone : *found;
}

const std::string& TextOf(const Json& object, const char* name) {
  static const std::string kNone;
  const Json& member = MemberOf(object, name);
  return member.is_string() ? member.get_ref<const std::string&>() : kNone;
}

}  // namespace guildhall::importing
