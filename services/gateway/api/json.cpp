#include "services/gateway/api/json.h"

#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "google/rpc/status.pb.h"
#include "guildhall/gateway/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/gateway/domain/protocol.h"

namespace guildhall::gateway {
namespace {

namespace pb = google::protobuf;
using nlohmann::json;
// Members in the order in which they were added: for people who read.
using nlohmann::ordered_json;

absl::Status Malformed(std::string message) {
  return Refusal(reasons::kJsonMalformed, std::move(message));
}

// A field has two names in proto3's JSON, page_size and pageSize, and both say the same: the one
// without underscores. No request of the contracts has a map, whose keys would not be fields.
std::string FieldNamed(std::string_view key) {
  std::string name;
  bool raise = false;
  for (const char c : key) {
    if (c != '_') name.push_back(raise ? absl::ascii_toupper(static_cast<unsigned char>(c)) : c);
    raise = c == '_';
  }
  return name;
}

// Looks at JSON without building anything but the keys of open objects. What the parser after it
// would take silently (a key twice, endless nesting, sloppy syntax) ends here.
class StrictReader final : public json::json_sax_t {
 public:
  const char* fault() const { return fault_; }

  bool null() override { return Count(); }
  bool boolean(bool) override { return Count(); }
  bool number_integer(number_integer_t) override { return Count(); }
  bool number_unsigned(number_unsigned_t) override { return Count(); }
  bool number_float(number_float_t, const string_t&) override { return Count(); }
  bool string(string_t&) override { return Count(); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(); }
  bool start_array(std::size_t) override { return Open(); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& name) override {
    if (open_.back().insert(FieldNamed(name)).second) return true;
    fault_ = "A key stands twice in one object.";
    return false;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    fault_ = "The body is no JSON in UTF-8.";
    return false;
  }

 private:
  bool Count() {
    if (++values_ <= kJsonValues) return true;
    fault_ = "The JSON has too many values.";
    return false;
  }
  bool Open() {
    open_.emplace_back();
    if (open_.size() <= kJsonDepth) return Count();
    fault_ = "The JSON is nested too deeply.";
    return false;
  }
  bool Close() {
    open_.pop_back();
    return true;
  }

  std::vector<std::set<std::string>> open_;
  int values_ = 0;
  const char* fault_ = "The body is no JSON in UTF-8.";
};

std::unique_ptr<pb::Message> New(const pb::Descriptor& type) {
  return std::unique_ptr<pb::Message>(
      pb::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

ordered_json DetailJson(const pb::Any& any) {
  const std::string type = any.type_url().substr(any.type_url().rfind('/') + 1);
  std::string value;
  absl::Base64Escape(any.value(), &value);
  while (value.ends_with('=')) value.pop_back();  // Connect leaves the padding out
  ordered_json detail = {{"type", type}, {"value", value}};
  const pb::Descriptor* const known =
      pb::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
  if (known != nullptr) {
    const auto debug = MessageToJson(*known, any.value());
    if (debug.ok()) detail["debug"] = ordered_json::parse(*debug, nullptr, false);
  }
  return detail;
}

}  // namespace

absl::StatusOr<std::string> JsonToMessage(const pb::Descriptor& type, std::string_view text) {
  StrictReader reader;
  if (!json::sax_parse(text, &reader)) return Malformed(reader.fault());
  const std::unique_ptr<pb::Message> message = New(type);
  if (const auto status = pb::util::JsonStringToMessage({text.data(), text.size()}, message.get());
      !status.ok()) {
    // The parser's own words name fields of the request; they hold no more than the client sent.
    return Refusal(reasons::kJsonMalformed, "The JSON is not the method's message.")
        .With("at", std::string(status.message().substr(0, 200)));
  }
  return message->SerializeAsString();
}

absl::StatusOr<std::string> MessageToJson(const pb::Descriptor& type, std::string_view bytes) {
  const std::unique_ptr<pb::Message> message = New(type);
  std::string text;
  if (!message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      !pb::util::MessageToJsonString(*message, &text).ok()) {
    return absl::InternalError("The service's reply is not its method's message.");
  }
  return text;
}

std::string ErrorJson(absl::StatusCode code, std::string_view message,
                      std::string_view status_bytes) {
  ordered_json error = {{"code", CodeName(code)}, {"message", message}};
  google::rpc::Status status;
  if (status.ParseFromArray(status_bytes.data(), static_cast<int>(status_bytes.size()))) {
    for (const pb::Any& any : status.details()) error["details"].push_back(DetailJson(any));
  }
  return error.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace guildhall::gateway
