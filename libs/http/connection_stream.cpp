// Streaming answers of a Connection.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/post.hpp>

#include "libs/base/check.h"
#include "libs/http/connection.h"
#include "libs/http/response_head.h"
#include "libs/http/server_state.h"

namespace guildhall::http {

void Connection::Begin(Response response) {
  GUILDHALL_CHECK(phase_ == Phase::kHandling || phase_ == Phase::kClosed);
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kStreaming;
  ++server_->counts->streams;
  const bool chunked = head_.http_1_1;
  if (!chunked) close_after_answer_ = true;
  stream_ = std::make_unique<StreamOut>(StreamHead(response, server_->date, Persistence(), chunked),
                                        chunked);
  const auto timeout_ms =
      static_cast<unsigned>(absl::ToInt64Milliseconds(server_->limits.stream_peer_timeout));
  // Refused for Unix sockets, whose peers do not vanish.
  setsockopt(socket_.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout_ms,
             sizeof timeout_ms);
  ForgetRequest();
  request_ = {};
  head_.fields = {};
  for (std::string* buffer : {&in_, &body_, &rest_, &out_head_}) buffer->shrink_to_fit();
  Flush();
  if (!server_->draining) return;
  boost::asio::post(server_->loop.impl().io, [self = shared_from_this()] {
    if (self->phase_ == Phase::kStreaming) self->Drain();
  });
}

void Connection::Write(std::span<const Chunk> chunks) {
  if (phase_ != Phase::kStreaming || stream_->ended()) return;
  stream_->Add(chunks);
  Flush();
}

void Connection::End() {
  if (phase_ != Phase::kStreaming || stream_->ended()) return;
  stream_->AddEnd();
  Flush();
}

bool Connection::Flush() {
  // Behind what waits already, there is no use in trying.
  if (!awaiting_writable_ && !stream_->Flush(socket_.native_handle())) {
    Close();
    return false;
  }
  const std::size_t left = stream_->unsent();
  if (!Hold(left)) return false;
  if (left > 0) {
    AwaitWritable();
    return false;
  }
  if (!stream_->ended()) return true;
  if (call_) answered_ = std::move(call_);
  stream_ = nullptr;
  --server_->counts->streams;
  OnWritten();
  return false;
}

}  // namespace guildhall::http
