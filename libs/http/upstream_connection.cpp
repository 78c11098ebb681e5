#include "libs/http/upstream_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"
#include "libs/http/upstream_state.h"

namespace guildhall::http {
namespace {

// All replies of a connection together may run this far ahead of their readers.
constexpr std::int32_t kConnectionWindow = 16 << 20;
// Frames beyond this wait in nghttp2 until the socket has taken them.
constexpr std::size_t kMaxOut = 256 << 10;
// A TCP peer that acknowledges nothing for this long is dead (tcp(7), TCP_USER_TIMEOUT).
constexpr int kUserTimeoutMs = 10'000;
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

UpstreamConnection& Of(void* user_data) { return *static_cast<UpstreamConnection*>(user_data); }

}  // namespace

UpstreamConnection::UpstreamConnection(Upstream::State& state, Loop& loop, Endpoint endpoint,
                                       std::string authority)
    : state_(&state),
      loop_(loop),
      endpoint_(std::move(endpoint)),
      authority_(std::move(authority)),
      socket_(loop.impl().io.get_executor()),
      connect_timer_(loop.impl().io.get_executor()) {}

UpstreamConnection::~UpstreamConnection() { nghttp2_session_del(session_); }

void UpstreamConnection::Connect(const UpstreamOptions& options) {
  connect_timer_.expires_after(absl::ToChronoNanoseconds(options.connect_timeout));
  connect_timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
    const auto self = weak.lock();
    if (error || !self || self->phase_ != Phase::kConnecting) return;
    self->Fail(absl::UnavailableError("The upstream did not answer the connection in time."));
  });
  socket_.async_connect(
      endpoint_, [self = shared_from_this(), options](boost::system::error_code error) {
        if (self->phase_ != Phase::kConnecting) return;
        if (error) return self->Fail(absl::UnavailableError("The upstream refuses connections."));
        self->StartSession(options);
      });
}

void UpstreamConnection::StartSession(const UpstreamOptions& options) {
  const int fd = socket_.native_handle();
  if (endpoint_.protocol().family() != AF_UNIX) {
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &kUserTimeoutMs, sizeof kUserTimeoutMs);
  }
  nghttp2_option* option = nullptr;
  nghttp2_option_new(&option);
  nghttp2_option_set_no_auto_window_update(option, 1);
  nghttp2_option_set_no_closed_streams(option, 1);
  nghttp2_session_client_new2(&session_, Callbacks(), this, option);
  nghttp2_option_del(option);
  const std::array<nghttp2_settings_entry, 2> settings = {{
      {NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, static_cast<std::uint32_t>(Count(options.window))},
  }};
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
  nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, kConnectionWindow);
  ScheduleFlush();
  AwaitReadable();
}

void UpstreamConnection::Retire() {
  if (phase_ == Phase::kConnecting) return Fail(absl::UnavailableError("The address has gone."));
  if (phase_ != Phase::kReady) return;
  phase_ = Phase::kRetired;
  state_->OnRetired(shared_from_this());
}

void UpstreamConnection::CloseIfDone() {
  if (phase_ == Phase::kRetired && calls_.empty()) Fail(absl::OkStatus());
}

void UpstreamConnection::Fail(const absl::Status& reason) {
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kClosed;
  const auto self = shared_from_this();
  boost::system::error_code ignored;
  connect_timer_.cancel();
  socket_.close(ignored);
  std::exchange(state_, nullptr)->OnLost(self);
  while (!calls_.empty()) calls_.back()->End(reason);
}

void UpstreamConnection::Submit(CallImpl& call) {
  call.connection = this;
  call.MoveTo(&calls_);
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

void UpstreamConnection::AwaitReadable() {
  socket_.async_wait(Socket::wait_read,
                     [self = shared_from_this()](boost::system::error_code error) {
                       if (!error && self->phase_ != Phase::kClosed) self->Read();
                     });
}

void UpstreamConnection::Read() {
  std::vector<char>& scratch = loop_.impl().scratch;
  for (;;) {
    const ssize_t size = recv(socket_.native_handle(), scratch.data(), scratch.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EAGAIN) break;
    if (size <= 0) return Fail(absl::UnavailableError("The upstream closed the connection."));
    const ssize_t read =
        nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(scratch.data()),
                                 static_cast<std::size_t>(size));
    if (phase_ == Phase::kClosed) return;
    if (read < 0) return Fail(absl::UnavailableError("The upstream does not speak HTTP/2."));
    if (static_cast<std::size_t>(size) < scratch.size()) break;
  }
  if (nghttp2_session_want_write(session_)) ScheduleFlush();
  CloseIfDone();
  if (phase_ != Phase::kClosed) AwaitReadable();
}

// Once per turn of the loop, so that calls which came in together leave together.
void UpstreamConnection::ScheduleFlush() {
  if (flush_scheduled_ || awaiting_writable_) return;
  flush_scheduled_ = true;
  boost::asio::post(loop_.impl().io, [self = shared_from_this()] {
    self->flush_scheduled_ = false;
    if (self->phase_ != Phase::kClosed) self->Flush();
  });
}

void UpstreamConnection::Flush() {
  for (;;) {
    const std::uint8_t* frame = nullptr;
    ssize_t size = 0;
    while (out_.size() < kMaxOut && (size = nghttp2_session_mem_send(session_, &frame)) > 0) {
      out_.append(reinterpret_cast<const char*>(frame), static_cast<std::size_t>(size));
    }
    if (size < 0) return Fail(absl::InternalError("HTTP/2 framing failed."));
    if (out_.empty() || !WriteOut()) return;
  }
}

// Whether all of it has left; otherwise Flush goes on when the socket takes more.
bool UpstreamConnection::WriteOut() {
  while (out_written_ < out_.size()) {
    const ssize_t size = send(socket_.native_handle(), out_.data() + out_written_,
                              out_.size() - out_written_, MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno != EAGAIN) {
      Fail(absl::UnavailableError("The upstream closed the connection."));
      return false;
    }
    if (size < 0) {
      awaiting_writable_ = true;
      socket_.async_wait(Socket::wait_write,
                         [self = shared_from_this()](boost::system::error_code error) {
                           self->awaiting_writable_ = false;
                           if (!error && self->phase_ != Phase::kClosed) self->Flush();
                         });
      return false;
    }
    out_written_ += static_cast<std::size_t>(size);
  }
  out_.clear();
  out_written_ = 0;
  return true;
}

CallImpl* UpstreamConnection::CallOf(std::int32_t stream) const {
  return static_cast<CallImpl*>(nghttp2_session_get_stream_user_data(session_, stream));
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
    CallImpl* const call = CallOf(frame.hd.stream_id);
    if (call == nullptr) return 0;
    const bool all_sent = call->sent == call->request.body[0].size() + call->request.body[1].size();
    nghttp2_session_set_stream_user_data(session_, frame.hd.stream_id, nullptr);
    // The reply is complete; the peer does not want the rest of the request.
    if (!all_sent) {
      nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, frame.hd.stream_id, NGHTTP2_NO_ERROR);
    }
    call->End(absl::OkStatus());
  }
  return 0;
}

void UpstreamConnection::OnStreamClose(std::int32_t stream, std::uint32_t error) {
  CallImpl* const call = CallOf(stream);
  if (call == nullptr) return;
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
          if (CallImpl* const call = Of(user_data).CallOf(frame->hd.stream_id)) {
            call->sink.OnField({reinterpret_cast<const char*>(name), name_size},
                               {reinterpret_cast<const char*>(value), value_size});
          }
          return 0;
        });
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
        made, [](nghttp2_session* session, std::uint8_t, std::int32_t stream,
                 const std::uint8_t* data, std::size_t size, void* user_data) {
          if (CallImpl* const call = Of(user_data).CallOf(stream)) {
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
