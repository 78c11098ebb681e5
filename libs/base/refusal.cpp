#include "libs/base/refusal.h"

#include <cstdint>
#include <cstring>

#include "absl/strings/cord.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/strings.h"

namespace guildhall {
namespace {

// Private to this process: libs/rpc translates to and from google.rpc messages on the wire.
constexpr char kPayload[] = "guildhall/refusal";

// The payload is a flat list of length-prefixed strings; Writer and Reader are each other's
// inverse.
class Writer {
 public:
  void Number(std::int64_t n) { out_.append(reinterpret_cast<const char*>(&n), sizeof n); }
  void Text(std::string_view text) {
    Number(static_cast<std::int64_t>(text.size()));
    out_.append(text);
  }
  std::string Take() { return std::move(out_); }

 private:
  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view in) : in_(in) {}
  std::int64_t Number() {
    std::int64_t n = 0;
    std::memcpy(&n, in_.data(), sizeof n);
    in_.remove_prefix(sizeof n);
    return n;
  }
  std::string Text() {
    const auto size = static_cast<std::size_t>(Number());
    std::string text(in_.substr(0, size));
    in_.remove_prefix(size);
    return text;
  }

 private:
  std::string_view in_;
};

constexpr std::int64_t kNoRetry = -1;

}  // namespace

Refusal::Refusal(const Reason& reason, std::string message)
    : code_(reason.code), message_(std::move(message)) {
  details_.domain = reason.domain;
  details_.reason = reason.name;
}

Refusal& Refusal::With(std::string key, std::string value) {
  details_.metadata.emplace_back(std::move(key), std::move(value));
  return *this;
}

Refusal& Refusal::Field(std::string path, std::string description) {
  details_.violations.push_back({std::move(path), std::move(description)});
  return *this;
}

Refusal& Refusal::RetryAfter(absl::Duration wait) {
  details_.retry_after = wait;
  return *this;
}

Refusal::operator absl::Status() const {
  absl::Status status(code_, Absl(message_));
  Attach(details_, status);
  return status;
}

absl::Status WrongField(std::string_view field, std::string description) {
  return Refusal(policy::reasons::kFieldInvalid, "A field is not as it should be.")
      .Field(std::string(field), std::move(description));
}

std::optional<RefusalDetails> DetailsOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  if (!payload) return std::nullopt;
  const std::string bytes(*payload);
  Reader reader(bytes);
  RefusalDetails details;
  details.domain = reader.Text();
  details.reason = reader.Text();
  for (std::int64_t n = reader.Number(); n > 0; --n) {
    std::string key = reader.Text();
    details.metadata.emplace_back(std::move(key), reader.Text());
  }
  for (std::int64_t n = reader.Number(); n > 0; --n) {
    std::string field = reader.Text();
    details.violations.push_back({std::move(field), reader.Text()});
  }
  if (const std::int64_t ns = reader.Number(); ns != kNoRetry) {
    details.retry_after = absl::Nanoseconds(ns);
  }
  return details;
}

void Attach(const RefusalDetails& details, absl::Status& status) {
  Writer writer;
  writer.Text(details.domain);
  writer.Text(details.reason);
  writer.Number(static_cast<std::int64_t>(details.metadata.size()));
  for (const auto& [key, value] : details.metadata) {
    writer.Text(key);
    writer.Text(value);
  }
  writer.Number(static_cast<std::int64_t>(details.violations.size()));
  for (const auto& violation : details.violations) {
    writer.Text(violation.field);
    writer.Text(violation.description);
  }
  writer.Number(details.retry_after ? absl::ToInt64Nanoseconds(*details.retry_after) : kNoRetry);
  status.SetPayload(kPayload, absl::Cord(writer.Take()));
}

bool Is(const absl::Status& status, const Reason& reason) {
  const std::optional<RefusalDetails> details = DetailsOf(status);
  return details && details->domain == reason.domain && details->reason == reason.name;
}

}  // namespace guildhall
