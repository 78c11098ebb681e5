#include "libs/rpc/peers.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"

namespace guildhall::rpc {
namespace {

grpc::ChannelArguments Arguments(absl::Duration silence) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);  // the client's own, with a budget
  arguments.SetInt(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
  // A name with several addresses spreads its calls, and a new address is found within 5 s instead
  // of 30 (measured).
  arguments.SetLoadBalancingPolicyName("round_robin");
  arguments.SetInt(GRPC_ARG_DNS_MIN_TIME_BETWEEN_RESOLUTIONS_MS, 5'000);
  // A peer that restarts is found again within a second.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1'000);  // also the time for a connection
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1'000);
  const int silence_ms = static_cast<int>(absl::ToInt64Milliseconds(silence));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, silence_ms);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, silence_ms);
  // As often as a call lasts that long; our servers do not mind.
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  return arguments;
}

}  // namespace

Peers::Peer::Peer(std::shared_ptr<grpc::Channel> c) : channel(std::move(c)), stub(channel) {}

Peers::Peers(std::string_view addresses, absl::Duration silence) {
  for (const absl::string_view part :
       absl::StrSplit(Absl(addresses), ',', absl::SkipWhitespace())) {
    const std::string address(absl::StripAsciiWhitespace(part));
    peers_.push_back(std::make_unique<Peer>(grpc::CreateCustomChannel(
        address, grpc::InsecureChannelCredentials(), Arguments(silence))));
  }
  GUILDHALL_CHECK(!peers_.empty() && "a client needs an address");
}

Peers::Index Peers::Next() {
  next_ = (next_ + 1) % peers_.size();
  return Find(next_, peers_.size()).value_or(next_);
}

std::optional<Peers::Index> Peers::Other(Index last) { return Find(last + 1, peers_.size() - 1); }

std::optional<Peers::Index> Peers::Find(Index start, std::size_t count) {
  std::optional<Index> connecting;
  for (std::size_t i = 0; i < count; ++i) {
    const Index index = (start + i) % peers_.size();
    // Asking also wakes a connection that has ended or was never made.
    const grpc_connectivity_state state = peers_[index]->channel->GetState(true);
    if (state == GRPC_CHANNEL_READY) return index;
    if (state != GRPC_CHANNEL_TRANSIENT_FAILURE && !connecting) connecting = index;
  }
  return connecting;
}

}  // namespace guildhall::rpc
