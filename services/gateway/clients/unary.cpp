#include "services/gateway/clients/unary.h"

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "libs/base/strings.h"
#include "libs/http/grpc_status.h"
#include "services/gateway/domain/framing.h"

namespace guildhall::gateway {

UnaryCall::UnaryCall(http::Upstream& upstream, std::string_view method, std::string message,
                     std::vector<OwnField> fields, Deadline deadline, Done done)
    : method_(method),
      message_(std::move(message)),
      own_fields_(std::move(fields)),
      frame_head_(FrameHead(message_.size())),
      done_(std::move(done)) {
  for (const OwnField& field : own_fields_)
    fields_.push_back({field.name, field.value, field.unique});
  call_ = upstream.Start({.path = method_,
                          .fields = fields_,
                          .body = {{{frame_head_.data(), frame_head_.size()}, message_}},
                          .deadline = deadline},
                         *this);
}

void UnaryCall::OnField(std::string_view name, std::string_view value) {
  if (name == "grpc-status" && !absl::SimpleAtoi(Absl(value), &code_)) code_ = -1;
  if (name == "grpc-message") message_text_ = PercentDecode(value);
  if (name == "grpc-status-details-bin") absl::Base64Unescape(Absl(value), &details_);
}

void UnaryCall::OnData(std::string_view bytes) {
  // Replies to the gateway are small; the window of the stream bounds one that is not.
  reply_.append(bytes);
}

void UnaryCall::OnEnd(const absl::Status& status) {
  const Done done = std::move(done_);
  done(Result(status));
}

absl::StatusOr<std::string> UnaryCall::Result(const absl::Status& status) {
  if (!status.ok()) return status;
  if (code_ != 0) return http::ParseStatus(code_, message_text_, details_);
  const absl::StatusOr<std::string_view> message = MessageIn(reply_);
  if (!message.ok()) return absl::InternalError("The service answered no message.");
  return std::string(*message);
}

}  // namespace guildhall::gateway
