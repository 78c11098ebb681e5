#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/deadline.h"
#include "libs/http/upstream.h"

namespace guildhall::gateway {

// A call of the gateway's own to a service: one message there, one back. Destroying it cancels it.
// On the loop.
class UnaryCall final : public http::ReplySink {
 public:
  // The reply's message, or what the service refused, or UNAVAILABLE, DEADLINE_EXCEEDED and the
  // like. It may destroy the call.
  using Done = std::function<void(absl::StatusOr<std::string> reply)>;

  // A field of the request's head; the name is a constant.
  struct OwnField {
    std::string_view name;
    std::string value;
    bool unique = false;  // see http::Field
  };

  // `method` is "/package.Service/Method"; `fields` prove to the service who calls.
  UnaryCall(http::Upstream& upstream, std::string_view method, std::string message,
            std::vector<OwnField> fields, Deadline deadline, Done done);

  void OnField(std::string_view name, std::string_view value) override;
  void OnData(std::string_view bytes) override;
  void OnEnd(const absl::Status& status) override;

 private:
  absl::StatusOr<std::string> Result(const absl::Status& status);

  const std::string method_, message_;
  const std::vector<OwnField> own_fields_;
  const std::array<char, 5> frame_head_;
  std::vector<http::Field> fields_;
  Done done_;
  std::string reply_, message_text_, details_;
  int code_ = -1;
  std::unique_ptr<http::UpstreamCall> call_;
};

}  // namespace guildhall::gateway
