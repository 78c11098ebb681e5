#pragma once

// The inside of an Upstream; for the sources of this library only.

#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "libs/http/ticker.h"
#include "libs/http/upstream_connection.h"

namespace guildhall::http {

class Upstream::State : public std::enable_shared_from_this<Upstream::State> {
 public:
  State(Loop& loop, std::vector<Address> addresses, const UpstreamOptions& options);

  void Open();
  void Close();
  void Begin(CallImpl& call);
  // Gives a refused call to another connection, or ends it.
  void Again(CallImpl& call);

  void OnReady(UpstreamConnection& connection);
  // The connection takes no more calls but may have some.
  void OnRetired(const std::shared_ptr<UpstreamConnection>& connection);
  void OnLost(const std::shared_ptr<UpstreamConnection>& connection);

  CallImpl::List& waiting() { return waiting_; }
  const UpstreamOptions& options() const { return options_; }
  const std::shared_ptr<UpstreamCounts> counts = std::make_shared<UpstreamCounts>();

 private:
  // One address that a process may listen on.
  struct Peer {
    explicit Peer(boost::asio::io_context& io) : retry(io.get_executor()) {}
    UpstreamConnection::Endpoint endpoint;
    std::string authority;
    std::shared_ptr<UpstreamConnection> connection;  // null in the pause after a failure
    absl::Duration backoff;
    Timer retry;
  };
  using Resolver = boost::asio::ip::basic_resolver<boost::asio::ip::tcp, Executor>;
  // What an address stands for.
  struct Lookup {
    std::set<UpstreamConnection::Endpoint> endpoints;
    bool literal = false;   // needs no second look
    bool answered = false;  // once
    bool running = false;
  };

  void Resolve(std::size_t index);
  // Makes the peers those that the addresses name now.
  void Reconcile();
  void Connect(Peer& peer);
  void RetryLater(Peer& peer);
  Peer* PeerOf(const UpstreamConnection& connection);
  UpstreamConnection* LeastBusy();
  bool MayConnect() const;
  void Place(CallImpl& call);
  void FailWaiting();
  void Doom(CallImpl& call, absl::Status status);
  // Ends what is late, and looks after silent peers.
  void Sweep();
  static void SweepDeadlines(CallImpl::List& calls);

  Loop& loop_;
  const std::vector<Address> addresses_;
  const UpstreamOptions options_;
  std::vector<Lookup> lookups_;  // by address
  Resolver resolver_;
  std::unique_ptr<Ticker> resolve_ticker_;
  std::unique_ptr<Ticker> deadline_ticker_;
  std::map<UpstreamConnection::Endpoint, std::unique_ptr<Peer>> peers_;
  std::vector<UpstreamConnection*> ready_;
  std::size_t next_ = 0;  // where the search for the least busy one begins
  absl::flat_hash_set<std::shared_ptr<UpstreamConnection>> retired_;
  CallImpl::List waiting_;
  bool closed_ = false;
};

}  // namespace guildhall::http
