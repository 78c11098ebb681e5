#include "libs/http/upstream_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <utility>

#include "libs/http/upstream_state.h"

namespace guildhall::http {
namespace {

// All replies of a connection together may run this far ahead of their readers.
constexpr std::int32_t kConnectionWindow = 16 << 20;
// Frames beyond this wait in nghttp2 until the socket has taken them.
constexpr std::size_t kMaxOut = 256 << 10;

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

void UpstreamConnection::Look(absl::Duration tick, absl::Duration silence) {
  if (std::exchange(heard_, false)) {
    silent_for_ = absl::ZeroDuration();
    asked_ = false;
    awaits_word_ = !calls_.empty();
    return;
  }
  if (!awaits_word_) return;
  silent_for_ += tick;
  if (silent_for_ >= 2 * silence) return Fail(absl::UnavailableError("The upstream is silent."));
  if (silent_for_ < silence || std::exchange(asked_, true)) return;
  nghttp2_submit_ping(session_, NGHTTP2_FLAG_NONE, nullptr);
  ScheduleFlush();
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
    heard_ = true;
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
  if (flush_scheduled_ || awaiting_writable_ || deaf_) return;
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
      // Answers and a GOAWAY may lie ready; Read fails the connection after them.
      deaf_ = true;
      ++state_->counts->lost;
      Retire();
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

}  // namespace guildhall::http
