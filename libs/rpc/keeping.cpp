#include "libs/rpc/keeping.h"

#include <memory>
#include <string>
#include <utility>

#include "libs/base/check.h"
#include "libs/rpc/exchange.h"
#include "libs/rpc/steps.h"

namespace guildhall::rpc::internal {
namespace {

cache::SharedReply ReplyOf(const Exchange& exchange, const grpc::Slice& bytes) {
  auto reply = std::make_shared<cache::Reply>();
  reply->bytes.assign(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
  if (const auto community = exchange.facts.grant->community()) reply->community = *community;
  reply->author = exchange.item.author;
  return reply;
}

// Whether another call's reply is about what this one was let in for.
bool Fits(const Exchange& exchange, const cache::Reply& reply) {
  return reply.community == exchange.facts.grant->community().value_or(CommunityId());
}

void AnswerJoined(Exchange& exchange, const cache::SharedReply& reply) {
  if (reply != nullptr && Fits(exchange, *reply)) {
    exchange.Reply(SliceOf(reply));
  } else {
    RunHandler(exchange, nullptr);
  }
}

// Lets the handler read and lands what it read.
void Read(Exchange& exchange, const std::shared_ptr<cache::Replies::Flight>& flight) {
  RunHandler(exchange, [&exchange, flight](const absl::StatusOr<grpc::Slice>& result) {
    const bool keep = result.ok() && exchange.facts.keep_reply && !exchange.item.deleted;
    flight->Land(keep ? ReplyOf(exchange, *result) : nullptr);
  });
}

}  // namespace

grpc::Slice SliceOf(cache::SharedReply reply) {
  auto* held = new cache::SharedReply(std::move(reply));
  const std::string& bytes = (*held)->bytes;
  return grpc::Slice(
      const_cast<char*>(bytes.data()), bytes.size(),
      [](void* user_data) { delete static_cast<cache::SharedReply*>(user_data); }, held);
}

void LookForKept(Exchange& exchange) {
  const AnyKept* kept = exchange.method->handler.kept.get();
  if (kept == nullptr) return;
  if (exchange.facts.fresh) {
    kept->method.passed_by.Increment();
    return;
  }
  KeptState& state = exchange.kept;
  state.subject = kept->subject(*exchange.request);
  if (!state.subject) return;
  state.subject->key.method = kept->method.number;
  state.found = kept->replies.Find(kept->method, state.subject->key);
}

bool DropOldKept(Exchange& exchange) {
  KeptState& state = exchange.kept;
  if (state.found.reply == nullptr) return false;
  const cache::Replies& replies = exchange.method->handler.kept->replies;
  if (replies.Good(state.found.good_until)) return false;
  state = {};
  return true;
}

bool MayKeep(const Exchange& exchange) {
  const AnyKept* kept = exchange.method->handler.kept.get();
  return kept != nullptr && exchange.kept.subject && (!kept->serves || kept->serves(exchange.call));
}

void KeepReply(Exchange& exchange, const grpc::Slice& reply) {
  const KeptState& state = exchange.kept;
  if (!MayKeep(exchange) || !state.found.ticket || !exchange.facts.keep_reply) return;
  exchange.method->handler.kept->replies.Keep(*state.found.ticket, *state.subject,
                                              ReplyOf(exchange, reply));
}

void ReadAndKeep(Exchange& exchange) {
  const AnyKept& kept = *exchange.method->handler.kept;
  const auto flight =
      kept.replies.Join(kept.method, *exchange.kept.subject, exchange.kept.found,
                        [&] { return exchange.Later<cache::SharedReply>(&AnswerJoined); });
  if (flight == nullptr) return;
  if (!kept.replies.shares()) return Read(exchange, flight);
  kept.replies.Recall(flight, exchange.Later<cache::SharedReply>(
                                  [flight](Exchange& later, const cache::SharedReply& reply) {
                                    if (reply != nullptr && Fits(later, *reply)) {
                                      later.Reply(SliceOf(reply));
                                    } else {
                                      Read(later, flight);
                                    }
                                  }));
}

}  // namespace guildhall::rpc::internal
