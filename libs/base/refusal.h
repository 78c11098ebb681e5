#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace guildhall {

// The machine-readable cause of an error. Constants of this type are generated from the `Reason`
// enum of each proto package (header "guildhall/<package>/v1/reasons.h"): a reason is defined once,
// in the contract.
struct Reason {
  const char* domain;     // the proto package, such as "guildhall.discussions.v1"
  const char* name;       // the enum value without its prefix, such as "TOPIC_CLOSED"
  absl::StatusCode code;  // from the option (guildhall.policy.v1.code) of the enum value

  bool operator==(const Reason& other) const {
    return std::string_view(domain) == other.domain && std::string_view(name) == other.name;
  }
};

// What a caller is told beside the code: google.rpc.ErrorInfo, BadRequest and RetryInfo in plain
// C++.
struct RefusalDetails {
  struct FieldViolation {
    std::string field;        // path in the request, such as "topic.title"
    std::string description;  // what is wrong and what is expected
  };
  std::string domain;
  std::string reason;
  std::vector<std::pair<std::string, std::string>> metadata;
  std::vector<FieldViolation> violations;
  std::optional<absl::Duration> retry_after;
};

// Builds the status of a refusal. It converts to absl::Status where one is returned:
//   return Refusal(reasons::kTopicClosed, "The topic is closed.");
class Refusal {
 public:
  // `message` is for developers: English, one sentence, no personal data, nothing secret.
  Refusal(const Reason& reason, std::string message);

  // Adds a fact that a program may want, such as {"limit", "64"}.
  Refusal& With(std::string key, std::string value);

  // Adds a field at fault.
  Refusal& Field(std::string path, std::string description);

  // Says when a repeat may succeed.
  Refusal& RetryAfter(absl::Duration wait);

  operator absl::Status() const;  // NOLINT: the point of the class

 private:
  absl::StatusCode code_;
  std::string message_;
  RefusalDetails details_;
};

// The refusal FIELD_INVALID of the request's field at path `field`. The description goes on the
// sentence that begins with the field: "is 0 or more", "takes at most 200".
absl::Status WrongField(std::string_view field, std::string description);

// The details of a status that a Refusal made (or that arrived from another service), if any.
std::optional<RefusalDetails> DetailsOf(const absl::Status& status);

// Puts `details` into a status that is not OK; how clients rebuild a refusal from the wire.
void Attach(const RefusalDetails& details, absl::Status& status);

// Whether `status` is a refusal for exactly this reason.
bool Is(const absl::Status& status, const Reason& reason);

}  // namespace guildhall
