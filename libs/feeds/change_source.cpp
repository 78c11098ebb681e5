#include "libs/feeds/change_source.h"

#include <optional>
#include <utility>

#include "guildhall/change/v1/internal_change_service.pb.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/settled.h"
#include "libs/feeds/wire.h"
#include "libs/rpc/server.h"
#include "libs/rpc/times.h"

namespace guildhall::feeds {
namespace {

using Request = change::v1::ReadChangesRequest;
using Response = change::v1::ReadChangesResponse;

constexpr char kReadChanges[] = "guildhall.change.v1.InternalChangeService/ReadChanges";

change::v1::Position ToProto(const changelog::Position& position) {
  change::v1::Position proto;
  if (position.IsNowhere()) return proto;
  proto.set_incarnation(BytesOf(position.incarnation));
  proto.set_xid(position.place.xid);
  proto.set_n(position.place.n);
  return proto;
}

change::v1::Change ToProto(const changelog::Entry& entry) {
  change::v1::Change proto;
  proto.set_xid(entry.place.xid);
  proto.set_n(entry.place.n);
  proto.set_key(BytesOf(entry.change.key));
  proto.set_key_seq(entry.key_seq);
  proto.set_kind(static_cast<change::v1::Kind>(entry.change.kind));
  proto.set_resource(BytesOf(entry.change.resource));
  proto.set_version(entry.change.version);
  proto.set_origin(static_cast<change::v1::Origin>(entry.change.origin));
  *proto.mutable_time() = rpc::ToProto(entry.time);
  return proto;
}

std::optional<changelog::Position> FromProto(const change::v1::Position& proto) {
  if (proto.incarnation().empty()) return changelog::Position();
  const std::optional<Uuid> incarnation = UuidFromBytes(proto.incarnation());
  if (!incarnation || proto.xid() > INT64_MAX) return std::nullopt;
  return changelog::Position{*incarnation, {proto.xid(), proto.n()}};
}

std::optional<changelog::Entry> FromProto(const change::v1::Change& proto) {
  const std::optional<Uuid> key = UuidFromBytes(proto.key());
  const std::optional<Uuid> resource = UuidFromBytes(proto.resource());
  if (!key || !resource) return std::nullopt;
  return changelog::Entry{.place = {proto.xid(), proto.n()},
                          .change = {.kind = static_cast<int>(proto.kind()),
                                     .key = *key,
                                     .resource = *resource,
                                     .version = proto.version(),
                                     .origin = static_cast<changelog::Origin>(proto.origin())},
                          .key_seq = proto.key_seq(),
                          .after_xid = 0,
                          .time = absl::FromUnixSeconds(proto.time().seconds()) +
                                  absl::Nanoseconds(proto.time().nanos())};
}

absl::StatusOr<Response> Read(postgres::Database& database, const rpc::Call& call,
                              const Request& request) {
  const std::optional<changelog::Position> from = FromProto(request.from());
  if (!from) return WrongField("from", "is a position from an earlier answer");
  if (request.limit() < 0 || request.limit() > changelog::kMostEntries) {
    return WrongField("limit", "takes 0 to 1,000");
  }
  const int limit = request.limit() == 0 ? changelog::kMostEntries : request.limit();
  GUILDHALL_ASSIGN(const changelog::Page page,
                   changelog::ReadSettled(database, call.context(), *from, limit));
  Response response;
  for (const changelog::Entry& entry : page.entries) *response.add_changes() = ToProto(entry);
  *response.mutable_end() = ToProto(page.end);
  response.set_more(page.more);
  response.set_reset(page.reset);
  return response;
}

absl::StatusOr<changelog::Page> PageOf(const Response& response) {
  const std::optional<changelog::Position> end = FromProto(response.end());
  if (!end || end->IsNowhere()) return absl::InternalError("a page of changes without an end");
  changelog::Page page{.end = *end, .more = response.more(), .reset = response.reset()};
  page.entries.reserve(static_cast<std::size_t>(response.changes_size()));
  for (const change::v1::Change& change : response.changes()) {
    const std::optional<changelog::Entry> entry = FromProto(change);
    if (!entry) return absl::InternalError("a change without a key or a resource");
    page.entries.push_back(*entry);
  }
  return page;
}

}  // namespace

void RegisterReadChanges(postgres::Database& database, rpc::Server& server) {
  server.Unary<Request, Response>(kReadChanges,
                                  [&database](const rpc::Call& call, const Request& request) {
                                    return Read(database, call, request);
                                  });
}

changelog::Source ReadChangesOf(rpc::Client& producer, int limit) {
  return [&producer, limit](const changelog::Position& from,
                            const postgres::Context& context) -> absl::StatusOr<changelog::Page> {
    Request request;
    *request.mutable_from() = ToProto(from);
    request.set_limit(limit);
    GUILDHALL_ASSIGN(const Response response,
                     producer.Call<Response>(kReadChanges, request, context));
    return PageOf(response);
  };
}

}  // namespace guildhall::feeds
