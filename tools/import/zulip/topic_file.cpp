#include "tools/import/zulip/topic_file.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"
#include "libs/base/text.h"
#include "tools/import/archive/loss_words.h"

namespace guildhall::zulip {
namespace {

// Later than anything that an export can hold (year 3000); a value beyond is a mistake of units.
constexpr std::uint64_t kMaxTimestamp = 32503680000;
constexpr std::uint64_t kMaxId = std::numeric_limits<std::int64_t>::max();

// 0 to 15 for 0-9 and A-F, otherwise 16.
int HexDigit(char c) {
  return static_cast<int>(std::min<std::size_t>(std::string_view("0123456789ABCDEF").find(c), 16));
}

// The archive's spelling of names: ".20" for a space, ".2E" for a dot.
std::string DecodeName(std::string_view name) {
  std::string decoded;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const int high = i + 2 < name.size() && name[i] == '.' ? HexDigit(name[i + 1]) : 16;
    const int low = high < 16 ? HexDigit(name[i + 2]) : 16;
    if (low < 16) {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += name[i];
    }
  }
  return IsStorableUtf8(decoded) ? decoded : std::string(name);
}

std::string HyphensToSpaces(std::string_view name) {
  std::string spaced;
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t run = std::min(name.find_first_not_of('-', i), name.size()) - i;
    spaced += run == 0 ? std::string(1, name[i]) : run == 1 ? " " : " - ";
    i += std::max<std::size_t>(run, 1);
  }
  return spaced;
}

// What is asked of a message, a bit each.
enum Member : unsigned { kOther = 0, kId = 1, kTimestamp = 2, kSender = 4, kContent = 8 };
constexpr std::pair<Member, std::string_view> kMembers[] = {
    {kId, "id"}, {kTimestamp, "timestamp"}, {kSender, "sender_full_name"}, {kContent, "content"}};

// Takes the array apart while it is parsed: no document is built, and whatever is not a flat object
// stops at once.
class PostReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::vector<RawPost> TakePosts() { return std::move(posts_); }
  const std::string& fault() const { return fault_; }

  bool start_array(std::size_t) override {
    if (depth_ != 0) return WrongValue();
    ++depth_;
    return true;
  }
  bool end_array() override { return --depth_ == 0; }
  bool start_object(std::size_t) override {
    if (depth_ != 1) return WrongValue();
    ++depth_;
    post_ = {};
    seen_ = 0;
    return true;
  }
  bool end_object() override {
    --depth_;
    for (const auto& [member, name] : kMembers) {
      if (!(seen_ & member)) return Fail(absl::StrCat(Where(), " has no ", Absl(name)));
    }
    posts_.push_back(std::move(post_));
    return true;
  }
  bool key(std::string& name) override {
    const auto* const found = std::find_if(std::begin(kMembers), std::end(kMembers),
                                           [&](const auto& each) { return each.second == name; });
    key_ = found == std::end(kMembers) ? kOther : found->first;
    if (seen_ & key_) return Fail(absl::StrCat(Where(), " has ", name, " twice"));
    seen_ |= key_;
    key_name_ = name;
    return true;
  }
  bool number_unsigned(std::uint64_t value) override {
    if (depth_ != 2 || key_ == kSender || key_ == kContent) return WrongValue();
    if (key_ == kTimestamp && value > kMaxTimestamp) return WrongMember("is beyond the year 3000");
    if (key_ == kId && value > kMaxId) return WrongMember("is beyond 2^63");
    if (key_ == kId) post_.id = static_cast<std::int64_t>(value);
    if (key_ == kTimestamp) post_.timestamp = static_cast<std::int64_t>(value);
    return true;
  }
  bool string(std::string& value) override {
    if (depth_ != 2 || key_ == kId || key_ == kTimestamp) return WrongValue();
    std::erase(value, '\0');
    if (key_ == kSender) post_.sender = std::move(value);
    if (key_ == kContent) post_.html = std::move(value);
    return true;
  }
  bool number_integer(std::int64_t) override { return Other(); }
  bool number_float(double, const std::string&) override { return Other(); }
  bool boolean(bool) override { return Other(); }
  bool null() override { return Other(); }
  bool binary(nlohmann::json::binary_t&) override { return Other(); }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::json::exception&) override {
    return Fail(absl::StrCat("no JSON in UTF-8 at byte ", at));
  }

 private:
  bool Other() { return (depth_ == 2 && key_ == kOther) || WrongValue(); }

  // A value that must not stand here.
  bool WrongValue() {
    if (depth_ == 0) return Fail("no list of messages");
    if (depth_ == 1) return Fail(absl::StrCat(Where(), " is no object"));
    return WrongMember(key_ == kOther                      ? "is no plain value"
                       : key_ == kId || key_ == kTimestamp ? "is no whole number from 0 on"
                                                           : "is no text");
  }
  bool WrongMember(const char* why) {
    return Fail(absl::StrCat(Where(), ": ", importing::LossName(key_name_), " ", why));
  }
  bool Fail(std::string why) {
    if (fault_.empty()) fault_ = std::move(why);
    return false;
  }
  std::string Where() const { return absl::StrCat("message ", posts_.size() + 1); }

  std::vector<RawPost> posts_;
  RawPost post_;
  int depth_ = 0;
  unsigned key_ = kOther;
  std::string key_name_;
  unsigned seen_ = 0;
  std::string fault_;
};

}  // namespace

std::optional<TopicPath> ParseTopicPath(std::string_view path) {
  constexpr std::string_view kEnding = ".json";
  if (!path.ends_with(kEnding)) return std::nullopt;
  path.remove_suffix(kEnding.size());
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view folder = path.substr(path.rfind('/', slash - 1) + 1);
  const std::string_view stream = folder.substr(0, folder.find('/'));
  TopicPath result;
  const auto [end, error] =
      std::from_chars(stream.data(), stream.data() + stream.size(), result.stream_id);
  const auto digits = static_cast<std::size_t>(end - stream.data());
  if (error != std::errc() || digits == stream.size() || stream[digits] != '-') return std::nullopt;
  result.stream_name = HyphensToSpaces(DecodeName(stream.substr(digits + 1)));
  result.topic_name = DecodeName(path.substr(slash + 1));
  if (result.stream_name.empty() || result.topic_name.empty()) return std::nullopt;
  return result;
}

absl::StatusOr<std::vector<RawPost>> ParseTopicFile(std::string_view json) {
  PostReader reader;
  if (!nlohmann::json::sax_parse(json.begin(), json.end(), &reader)) {
    return absl::InvalidArgumentError(Absl(reader.fault()));
  }
  return reader.TakePosts();
}

}  // namespace guildhall::zulip
