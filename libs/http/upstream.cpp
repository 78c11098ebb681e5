#include "libs/http/upstream.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <utility>

#include "libs/base/random.h"
#include "libs/http/upstream_state.h"

namespace guildhall::http {
namespace {

// Precision of deadlines: a hundredth of what people wait for, fifty wake-ups per second at work.
constexpr absl::Duration kDeadlineTick = absl::Milliseconds(20);
// A call that was refused this often is not sent again.
constexpr int kMaxRefusals = 3;

absl::Status Away() {
  return absl::UnavailableError("No process of the upstream service can be reached.");
}

// Between a half and one, so that gateways do not return to a restarted process all at once.
double Spread() {
  std::uint8_t chance = 0;
  SystemRandom().Fill({&chance, 1});
  return 0.5 + chance / 512.0;
}

}  // namespace

CallImpl::CallImpl(std::shared_ptr<Upstream::State> state, const UpstreamRequest& request,
                   ReplySink& sink)
    : request(request), sink(sink), state_(std::move(state)) {
  ++state_->counts->outstanding;
}

CallImpl::~CallImpl() {
  --state_->counts->outstanding;
  UpstreamConnection* const on = std::exchange(connection, nullptr);
  const bool live = list_ != nullptr;
  MoveTo(nullptr);
  if (on != nullptr && live) on->Cancel(*this);
}

void CallImpl::Consume(std::size_t size) {
  size = std::min(size, unread);
  unread -= size;
  if (connection != nullptr) connection->Consume(stream, size);
}

void CallImpl::MoveTo(List* list) {
  if (list_ != nullptr) {
    CallImpl* const last = list_->back();
    (*list_)[slot_] = last;
    last->slot_ = slot_;
    list_->pop_back();
  }
  list_ = list;
  if (list_ == nullptr) return;
  slot_ = list_->size();
  list_->push_back(this);
}

void CallImpl::End(const absl::Status& status) {
  connection = nullptr;
  MoveTo(nullptr);
  sink.OnEnd(status);
}

Upstream::State::State(Loop& loop, std::vector<Address> addresses, const UpstreamOptions& options)
    : loop_(loop),
      addresses_(std::move(addresses)),
      options_(options),
      lookups_(addresses_.size()),
      resolver_(loop.impl().io.get_executor()) {}

void Upstream::State::Open() {
  if (closed_) return;
  for (std::size_t i = 0; i < addresses_.size(); ++i) Resolve(i);
  resolve_ticker_ = std::make_unique<Ticker>(loop_, options_.resolve_every, [this] {
    for (std::size_t i = 0; i < addresses_.size(); ++i) Resolve(i);
  });
}

void Upstream::State::Close() {
  closed_ = true;
  resolve_ticker_ = nullptr;
  deadline_ticker_ = nullptr;
  resolver_.cancel();
  ready_.clear();
  counts->ready = 0;
  for (auto& [endpoint, peer] : std::exchange(peers_, {})) {
    if (peer->connection) peer->connection->Fail(Away());
  }
  for (const auto& connection : std::exchange(retired_, {})) connection->Fail(Away());
  FailWaiting();
}

void Upstream::State::Begin(CallImpl& call) {
  call.MoveTo(&waiting_);
  if (counts->outstanding > options_.calls) {
    return Doom(call, absl::ResourceExhaustedError("Too many calls are under way."));
  }
  if (!deadline_ticker_) {
    deadline_ticker_ = std::make_unique<Ticker>(loop_, kDeadlineTick, [this] { Sweep(); });
  }
  Place(call);
}

void Upstream::State::Place(CallImpl& call) {
  if (UpstreamConnection* const connection = LeastBusy()) return connection->Submit(call);
  call.MoveTo(&waiting_);
  if (!MayConnect()) Doom(call, Away());
}

void Upstream::State::Again(CallImpl& call) {
  call.connection = nullptr;
  if (++call.refusals >= kMaxRefusals) return call.End(Away());
  ++counts->resent;
  call.sent = 0;
  Place(call);
}

// Start promises not to call the sink: the end comes with the next turn of the loop.
void Upstream::State::Doom(CallImpl& call, absl::Status status) {
  call.doomed = std::move(status);
  loop_.Post([self = shared_from_this()] {
    for (std::size_t i = self->waiting_.size(); i-- > 0;) {
      if (i >= self->waiting_.size()) continue;
      CallImpl& call = *self->waiting_[i];
      if (!call.doomed.ok()) call.End(absl::Status(call.doomed));
    }
  });
}

void Upstream::State::FailWaiting() {
  while (!waiting_.empty()) waiting_.back()->End(Away());
}

void Upstream::State::Sweep() {
  SweepDeadlines(waiting_);
  for (UpstreamConnection* connection : std::vector(ready_)) SweepDeadlines(connection->calls());
  std::vector left(retired_.begin(), retired_.end());
  for (const auto& connection : left) {
    SweepDeadlines(connection->calls());
    connection->CloseIfDone();
  }
  for (const auto& [endpoint, peer] : peers_) {
    if (peer->connection) left.push_back(peer->connection);
  }
  bool awaits_word = false;
  for (const auto& connection : left) {
    connection->Look(kDeadlineTick, options_.silence);
    awaits_word = awaits_word || connection->awaits_word();
  }
  if (counts->outstanding == 0 && !awaits_word) deadline_ticker_ = nullptr;
}

void Upstream::State::SweepDeadlines(CallImpl::List& calls) {
  for (std::size_t i = calls.size(); i-- > 0;) {
    if (i >= calls.size() || !calls[i]->request.deadline.Passed()) continue;
    CallImpl& call = *calls[i];
    if (call.connection != nullptr) call.connection->Cancel(call);
    call.End(absl::DeadlineExceededError("The deadline passed before the upstream answered."));
  }
}

UpstreamConnection* Upstream::State::LeastBusy() {
  UpstreamConnection* best = nullptr;
  for (std::size_t i = 0; i < ready_.size(); ++i) {
    UpstreamConnection* const candidate = ready_[(next_ + i) % ready_.size()];
    if (best == nullptr || candidate->calls().size() < best->calls().size()) best = candidate;
  }
  ++next_;
  return best;
}

bool Upstream::State::MayConnect() const {
  if (closed_) return false;
  return std::any_of(lookups_.begin(), lookups_.end(),
                     [](const Lookup& lookup) { return !lookup.answered; }) ||
         std::any_of(peers_.begin(), peers_.end(),
                     [](const auto& peer) { return peer.second->connection != nullptr; });
}

void Upstream::State::Resolve(std::size_t index) {
  const Address& address = addresses_[index];
  Lookup& lookup = lookups_[index];
  if (lookup.running || (lookup.answered && lookup.literal)) return;
  boost::system::error_code no_literal;
  if (!address.unix_path.empty()) {
    lookup.endpoints.insert(boost::asio::local::stream_protocol::endpoint(address.unix_path));
  } else if (const auto ip = boost::asio::ip::make_address(address.host, no_literal); !no_literal) {
    const auto port = static_cast<std::uint16_t>(std::stoi(address.port));
    lookup.endpoints.insert(boost::asio::ip::tcp::endpoint(ip, port));
  }
  if (!lookup.endpoints.empty() && !lookup.answered) {
    lookup.answered = lookup.literal = true;
    return Reconcile();
  }
  lookup.running = true;
  resolver_.async_resolve(
      address.host, address.port,
      [self = shared_from_this(), index](boost::system::error_code error,
                                         const Resolver::results_type& results) {
        if (self->closed_) return;
        Lookup& lookup = self->lookups_[index];
        lookup.running = false;
        lookup.answered = true;
        // While names cannot be looked up, the last answer stands.
        if (!error) {
          lookup.endpoints.clear();
          for (const auto& result : results) lookup.endpoints.insert(result.endpoint());
        }
        self->Reconcile();
      });
}

void Upstream::State::Reconcile() {
  std::set<UpstreamConnection::Endpoint> wanted;
  for (std::size_t i = 0; i < addresses_.size(); ++i) {
    for (const auto& endpoint : lookups_[i].endpoints) {
      wanted.insert(endpoint);
      std::unique_ptr<Peer>& peer = peers_[endpoint];
      if (peer) continue;
      peer = std::make_unique<Peer>(loop_.impl().io);
      peer->endpoint = endpoint;
      peer->authority = addresses_[i].unix_path.empty() ? addresses_[i].ToString() : "localhost";
      peer->backoff = options_.backoff_first;
      Connect(*peer);
    }
  }
  for (auto at = peers_.begin(); at != peers_.end();) {
    if (wanted.contains(at->first)) {
      ++at;
      continue;
    }
    const auto connection = std::move(at->second->connection);
    at = peers_.erase(at);
    if (!connection) continue;
    connection->Retire();
    connection->CloseIfDone();
  }
  if (ready_.empty() && !MayConnect()) FailWaiting();
}

void Upstream::State::Connect(Peer& peer) {
  peer.connection =
      std::make_shared<UpstreamConnection>(*this, loop_, peer.endpoint, peer.authority);
  peer.connection->Connect(options_);
}

void Upstream::State::RetryLater(Peer& peer) {
  peer.connection = nullptr;
  peer.retry.expires_after(absl::ToChronoNanoseconds(peer.backoff * Spread()));
  peer.backoff = std::min(peer.backoff * 2, options_.backoff_last);
  peer.retry.async_wait(
      [weak = weak_from_this(), endpoint = peer.endpoint](boost::system::error_code error) {
        const auto self = weak.lock();
        if (error || !self || self->closed_) return;
        const auto found = self->peers_.find(endpoint);
        if (found != self->peers_.end() && !found->second->connection)
          self->Connect(*found->second);
      });
}

Upstream::State::Peer* Upstream::State::PeerOf(const UpstreamConnection& connection) {
  for (const auto& [endpoint, peer] : peers_) {
    if (peer->connection.get() == &connection) return peer.get();
  }
  return nullptr;
}

void Upstream::State::OnReady(UpstreamConnection& connection) {
  ++counts->connected;
  ready_.push_back(&connection);
  counts->ready = static_cast<std::int64_t>(ready_.size());
  if (Peer* const peer = PeerOf(connection)) peer->backoff = options_.backoff_first;
  for (CallImpl* call : CallImpl::List(waiting_)) {
    if (call->doomed.ok()) Place(*call);
  }
}

void Upstream::State::OnRetired(const std::shared_ptr<UpstreamConnection>& connection) {
  std::erase(ready_, connection.get());
  counts->ready = static_cast<std::int64_t>(ready_.size());
  retired_.insert(connection);
  if (closed_) return;
  if (Peer* const peer = PeerOf(*connection)) Connect(*peer);
}

void Upstream::State::OnLost(const std::shared_ptr<UpstreamConnection>& connection) {
  std::erase(ready_, connection.get());
  counts->ready = static_cast<std::int64_t>(ready_.size());
  if (retired_.erase(connection) > 0 || closed_) return;
  ++counts->lost;
  if (Peer* const peer = PeerOf(*connection)) RetryLater(*peer);
  if (ready_.empty() && !MayConnect()) FailWaiting();
}

Upstream::Upstream(Loop& loop, std::vector<Address> addresses, const UpstreamOptions& options)
    : state_(std::make_shared<State>(loop, std::move(addresses), options)) {
  loop.Post([state = state_] { state->Open(); });
}

Upstream::~Upstream() { state_->Close(); }

std::unique_ptr<UpstreamCall> Upstream::Start(const UpstreamRequest& request, ReplySink& sink) {
  auto call = std::make_unique<CallImpl>(state_, request, sink);
  state_->Begin(*call);
  return call;
}

std::shared_ptr<const UpstreamCounts> Upstream::counts() const { return state_->counts; }

}  // namespace guildhall::http
