#pragma once

// One HTTP/2 connection of an Upstream; for the sources of this library only.

#include <nghttp2/nghttp2.h>

#include <boost/asio/generic/stream_protocol.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/http/loop_impl.h"
#include "libs/http/upstream.h"

namespace guildhall::http {

class UpstreamConnection;

// A call, in exactly one list: of the waiting ones, or of its connection's.
class CallImpl final : public UpstreamCall {
 public:
  using List = std::vector<CallImpl*>;
  using Fields = std::vector<std::pair<std::string, std::string>>;

  CallImpl(std::shared_ptr<Upstream::State> state, const UpstreamRequest& request, ReplySink& sink);
  ~CallImpl() override;

  void Consume(std::size_t size) override;

  void MoveTo(List* list);
  // Ends the call. It and its sink may be gone afterwards.
  void End(const absl::Status& status);

  const UpstreamRequest request;
  ReplySink& sink;
  absl::Status doomed;  // what a waiting call will end with, soon
  UpstreamConnection* connection = nullptr;
  std::int32_t stream = 0;
  std::size_t sent = 0;    // of the body
  std::size_t unread = 0;  // of the reply: given to the sink and not consumed
  int refusals = 0;
  std::string timeout;  // the value of grpc-timeout
  Fields lone_head;     // held back until the reply is known to be one: see OnReplyComplete

 private:
  std::shared_ptr<Upstream::State> state_;
  List* list_ = nullptr;
  std::size_t slot_ = 0;
};

// Speaks HTTP/2 through nghttp2, which frames and compresses but does not touch the socket.
class UpstreamConnection final : public std::enable_shared_from_this<UpstreamConnection> {
 public:
  using Endpoint = boost::asio::generic::stream_protocol::endpoint;

  UpstreamConnection(Upstream::State& state, Loop& loop, Endpoint endpoint, std::string authority);
  ~UpstreamConnection();

  // Tells the state OnReady or OnLost, later.
  void Connect(const UpstreamOptions& options);
  // Whether it takes calls.
  bool ready() const { return phase_ == Phase::kReady; }
  // Takes no more calls and closes, without a word, when none is left.
  void Retire();
  // Ends it and every call on it.
  void Fail(const absl::Status& reason);

  void Submit(CallImpl& call);
  void Cancel(CallImpl& call);
  void Consume(std::int32_t stream, std::size_t size);
  // Gives the connection's window back what a call that ends has not consumed: calls that ended
  // would stop all others in the end.
  void GiveBack(CallImpl& call);
  CallImpl::List& calls() { return calls_; }
  // Whether the peer has something to say before its silence means nothing.
  bool awaits_word() const { return awaits_word_; }
  // Asks a peer that has been silent for long whether it is there, and fails when it is not. `tick`
  // is the time between two looks: a pause of this process itself is no silence of the peer.
  void Look(absl::Duration tick, absl::Duration silence);
  void CloseIfDone();

 private:
  enum class Phase { kConnecting, kReady, kRetired, kClosed };

  void StartSession(const UpstreamOptions& options);
  void AwaitReadable();
  void Read();
  void ScheduleFlush();
  void Flush();
  bool WriteOut();
  CallImpl* CallOf(std::int32_t stream) const;

  void OnField(const nghttp2_frame& frame, std::string_view name, std::string_view value);
  void OnReplyComplete(std::int32_t stream);
  int OnFrame(const nghttp2_frame& frame);
  void OnStreamClose(std::int32_t stream, std::uint32_t error);
  static nghttp2_session_callbacks* Callbacks();
  static ssize_t ReadBody(nghttp2_session* session, std::int32_t stream, std::uint8_t* out,
                          std::size_t room, std::uint32_t* flags, nghttp2_data_source*, void*);

  Upstream::State* state_;  // null once closed
  Loop& loop_;
  const Endpoint endpoint_;
  const std::string authority_;
  Socket socket_;
  Timer connect_timer_;
  Phase phase_ = Phase::kConnecting;
  nghttp2_session* session_ = nullptr;
  CallImpl::List calls_;
  std::string out_;
  std::size_t out_written_ = 0;
  bool flush_scheduled_ = false;
  bool awaiting_writable_ = false;
  bool awaits_word_ = false;
  bool heard_ = false;  // since the last look
  bool asked_ = false;  // whether it is there
  absl::Duration silent_for_;
  bool deaf_ = false;  // the peer reads no more; what it said before is still to be read
};

}  // namespace guildhall::http
