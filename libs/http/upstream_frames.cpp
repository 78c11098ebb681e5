// What a connection says and hears: its calls as HTTP/2 frames.
#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/http/upstream_connection.h"
#include "libs/http/upstream_state.h"

namespace guildhall::http {
namespace {

constexpr std::string_view kCancelled = "1";
constexpr std::string_view kUnavailable = "14";
// What most requests need; more are allocated.
constexpr std::size_t kUsualFields = 16;
// Digits that grpc-timeout may have.
constexpr absl::Duration kMaxTimeout = absl::Milliseconds(99'999'999);

nghttp2_nv Pair(std::string_view name, std::string_view value, std::uint8_t flags = 0) {
  constexpr std::uint8_t kNoCopy = NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE;
  const auto bytes = [](std::string_view text) {
    return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
  };
  return {bytes(name), bytes(value), name.size(), value.size(),
          static_cast<std::uint8_t>(kNoCopy | flags)};
}

// The codes that the gRPC over HTTP/2 protocol gives to reset streams.
absl::Status ResetStatus(std::uint32_t error) {
  const std::string message =
      absl::StrCat("The upstream reset the stream: ", nghttp2_http2_strerror(error));
  switch (error) {
    case NGHTTP2_REFUSED_STREAM:
      return absl::UnavailableError(message);
    case NGHTTP2_CANCEL:
      return absl::CancelledError(message);
    case NGHTTP2_ENHANCE_YOUR_CALM:
      return absl::ResourceExhaustedError(message);
    default:
      return absl::InternalError(message);
  }
}

// Whether a reply that is nothing but a head says that gRPC 1.51 began to shut down before it gave
// the call to its server: it answers bare CANCELLED to what crosses its GOAWAY, and what it forgot
// is cancelled in these words. The engine says neither (see libs/rpc/wire_status.h).
bool SaysNeverBegun(const CallImpl::Fields& head) {
  std::string_view status, message;
  for (const auto& [name, value] : head) {
    if (name == "grpc-status") status = value;
    if (name == "grpc-message") message = value;
    if (name == "grpc-status-details-bin") return false;
  }
  return status == kCancelled || (status == kUnavailable && message == "Cancelling all calls");
}

UpstreamConnection& Of(void* user_data) { return *static_cast<UpstreamConnection*>(user_data); }

}  // namespace

void UpstreamConnection::Submit(CallImpl& call) {
  call.connection = this;
  call.MoveTo(&calls_);
  // What it said before is no answer to this one.
  if (!std::exchange(awaits_word_, true)) heard_ = true;
  const UpstreamRequest& request = call.request;
  const absl::Duration left = std::min(request.deadline.Remaining(), kMaxTimeout);
  call.timeout = absl::StrCat(std::max<std::int64_t>(1, absl::ToInt64Milliseconds(left)), "m");
  std::vector<nghttp2_nv> fields;
  fields.reserve(kUsualFields);
  fields.push_back(Pair(":method", "POST"));
  fields.push_back(Pair(":scheme", "http"));
  fields.push_back(Pair(":path", request.path));
  fields.push_back(Pair(":authority", authority_));
  fields.push_back(Pair("te", "trailers"));
  fields.push_back(Pair("content-type", "application/grpc"));
  fields.push_back(Pair("grpc-timeout", call.timeout, NGHTTP2_NV_FLAG_NO_INDEX));
  for (const Field& field : request.fields) {
    fields.push_back(Pair(field.name, field.value, field.unique ? NGHTTP2_NV_FLAG_NO_INDEX : 0));
  }
  nghttp2_data_provider body{};
  body.source.ptr = this;
  body.read_callback = &ReadBody;
  call.stream =
      nghttp2_submit_request(session_, nullptr, fields.data(), fields.size(), &body, &call);
  if (call.stream < 0) {
    // Stream ids are used up after 2^30 calls.
    call.connection = nullptr;
    call.MoveTo(&state_->waiting());
    return Retire();
  }
  ScheduleFlush();
}

void UpstreamConnection::Cancel(CallImpl& call) {
  call.connection = nullptr;
  if (phase_ == Phase::kClosed) return;
  GiveBack(call);
  nghttp2_session_set_stream_user_data(session_, call.stream, nullptr);
  nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, call.stream, NGHTTP2_CANCEL);
  ScheduleFlush();
}

void UpstreamConnection::Consume(std::int32_t stream, std::size_t size) {
  if (phase_ == Phase::kClosed) return;
  nghttp2_session_consume(session_, stream, size);
  // Windows are opened again by halves; until then nothing is to be sent.
  if (nghttp2_session_want_write(session_)) ScheduleFlush();
}

void UpstreamConnection::GiveBack(CallImpl& call) {
  const std::size_t size = std::exchange(call.unread, 0);
  if (size == 0) return;
  nghttp2_session_consume_connection(session_, size);
  if (nghttp2_session_want_write(session_)) ScheduleFlush();
}

CallImpl* UpstreamConnection::CallOf(std::int32_t stream) const {
  return static_cast<CallImpl*>(nghttp2_session_get_stream_user_data(session_, stream));
}

void UpstreamConnection::OnField(const nghttp2_frame& frame, std::string_view name,
                                 std::string_view value) {
  CallImpl* const call = CallOf(frame.hd.stream_id);
  if (call == nullptr) return;
  const bool lone =
      frame.headers.cat == NGHTTP2_HCAT_RESPONSE && (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
  if (lone) {
    call->lone_head.emplace_back(name, value);
  } else {
    call->sink.OnField(name, value);
  }
}

int UpstreamConnection::OnFrame(const nghttp2_frame& frame) {
  if (frame.hd.type == NGHTTP2_SETTINGS && phase_ == Phase::kConnecting) {
    phase_ = Phase::kReady;
    connect_timer_.cancel();
    state_->OnReady(*this);
  } else if (frame.hd.type == NGHTTP2_GOAWAY) {
    Retire();
  } else if ((frame.hd.type == NGHTTP2_HEADERS || frame.hd.type == NGHTTP2_DATA) &&
             (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) {
    OnReplyComplete(frame.hd.stream_id);
  }
  return 0;
}

void UpstreamConnection::OnReplyComplete(std::int32_t stream) {
  CallImpl* const call = CallOf(stream);
  if (call == nullptr) return;
  GiveBack(*call);
  // The peer does not want the rest of the request.
  if (call->sent != call->request.body[0].size() + call->request.body[1].size()) {
    nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, stream, NGHTTP2_NO_ERROR);
  }
  const CallImpl::Fields head = std::exchange(call->lone_head, {});
  if (SaysNeverBegun(head)) {
    nghttp2_session_set_stream_user_data(session_, stream, nullptr);
    Retire();  // its GOAWAY is on the way
    return state_->Again(*call);
  }
  for (const auto& [name, value] : head) {
    call->sink.OnField(name, value);
    if (CallOf(stream) != call) return;  // the sink has destroyed it
  }
  nghttp2_session_set_stream_user_data(session_, stream, nullptr);
  call->End(absl::OkStatus());
}

void UpstreamConnection::OnStreamClose(std::int32_t stream, std::uint32_t error) {
  CallImpl* const call = CallOf(stream);
  if (call == nullptr) return;
  GiveBack(*call);
  // nghttp2 closes streams above GOAWAY's last id with this code, too.
  if (error == NGHTTP2_REFUSED_STREAM) return state_->Again(*call);
  call->End(ResetStatus(error));
}

nghttp2_session_callbacks* UpstreamConnection::Callbacks() {
  static nghttp2_session_callbacks* const callbacks = [] {
    nghttp2_session_callbacks* made = nullptr;
    nghttp2_session_callbacks_new(&made);
    nghttp2_session_callbacks_set_on_header_callback(
        made, [](nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                 std::size_t name_size, const std::uint8_t* value, std::size_t value_size,
                 std::uint8_t, void* user_data) {
          Of(user_data).OnField(*frame, {reinterpret_cast<const char*>(name), name_size},
                                {reinterpret_cast<const char*>(value), value_size});
          return 0;
        });
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
        made, [](nghttp2_session* session, std::uint8_t, std::int32_t stream,
                 const std::uint8_t* data, std::size_t size, void* user_data) {
          if (CallImpl* const call = Of(user_data).CallOf(stream)) {
            call->unread += size;
            call->sink.OnData({reinterpret_cast<const char*>(data), size});
          } else {
            nghttp2_session_consume(session, stream, size);
          }
          return 0;
        });
    nghttp2_session_callbacks_set_on_frame_recv_callback(
        made, [](nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
          return Of(user_data).OnFrame(*frame);
        });
    nghttp2_session_callbacks_set_on_stream_close_callback(
        made, [](nghttp2_session*, std::int32_t stream, std::uint32_t error, void* user_data) {
          Of(user_data).OnStreamClose(stream, error);
          return 0;
        });
    return made;
  }();
  return callbacks;
}

ssize_t UpstreamConnection::ReadBody(nghttp2_session* session, std::int32_t stream,
                                     std::uint8_t* out, std::size_t room, std::uint32_t* flags,
                                     nghttp2_data_source*, void*) {
  auto* const call = static_cast<CallImpl*>(nghttp2_session_get_stream_user_data(session, stream));
  if (call == nullptr) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  std::size_t skip = call->sent;
  std::size_t copied = 0;
  for (const std::string_view piece : call->request.body) {
    const std::size_t gone = std::min(skip, piece.size());
    skip -= gone;
    const std::size_t size = std::min(piece.size() - gone, room - copied);
    if (size > 0) std::memcpy(out + copied, piece.data() + gone, size);
    copied += size;
  }
  call->sent += copied;
  if (call->sent == call->request.body[0].size() + call->request.body[1].size()) {
    *flags |= NGHTTP2_DATA_FLAG_EOF;
  }
  return static_cast<ssize_t>(copied);
}

}  // namespace guildhall::http
