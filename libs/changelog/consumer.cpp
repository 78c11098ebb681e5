#include "libs/changelog/consumer.h"

#include <utility>

#include "changelog/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::changelog {
namespace {

constexpr absl::Duration kLongestTransaction = absl::Seconds(5);

std::int64_t XidOf(const Position& position) {
  return static_cast<std::int64_t>(position.place.xid);
}

// Time for what comes after the wait, whatever that has left.
postgres::Context ForWork(const postgres::Context& context) {
  return {.deadline = Deadline::After(kLongestTransaction),
          .cancellation = context.cancellation,
          .traceparent = context.traceparent};
}

}  // namespace

Consumer::Consumer(postgres::Database& database, std::string name, TailParts tail, Effect effect)
    : database_(database),
      name_(std::move(name)),
      producer_(tail.producer),
      effect_(std::move(effect)),
      tail_(std::move(tail)) {}

absl::StatusOr<int> Consumer::RunOnce(const postgres::Context& context) {
  if (!found_) GUILDHALL_TRY(Find(context));
  GUILDHALL_ASSIGN(const Page page, tail_.Next(context));
  // Whatever goes wrong from here on, the database says how far it got.
  found_ = false;
  int applied = 0;
  if (page.reset || seen_.IsNowhere()) {
    GUILDHALL_TRY(ReadAnew(context, page));
  } else if (!page.entries.empty()) {
    GUILDHALL_ASSIGN(applied, Apply(context, page));
    if (applied == 0) return 0;
  }
  seen_ = page.end;
  found_ = true;
  return applied;
}

absl::Status Consumer::Find(const postgres::Context& context) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database_.Read(context, sql::kGetConsumerPosition, name_, producer_));
  seen_ = {};
  if (!rows.empty()) {
    seen_ = {
        rows[0].Get<Uuid>(0),
        {static_cast<std::uint64_t>(rows[0].Get<std::int64_t>(1)), rows[0].Get<std::int64_t>(2)}};
  }
  tail_.Seek(seen_);
  found_ = true;
  return absl::OkStatus();
}

absl::StatusOr<int> Consumer::Apply(const postgres::Context& context, const Page& page) {
  return database_.Transact<int>(ForWork(context),
                                 [&](postgres::Work& work) -> absl::StatusOr<int> {
                                   GUILDHALL_ASSIGN(const bool moved, Move(work, page.end));
                                   if (!moved) return 0;
                                   GUILDHALL_TRY(effect_.apply(work, page.entries));
                                   return static_cast<int>(page.entries.size());
                                 });
}

absl::Status Consumer::ReadAnew(const postgres::Context& context, const Page& page) {
  GUILDHALL_ASSIGN(const Effect::Replace replace, effect_.reread(ForWork(context)));
  return database_.Transact(ForWork(context), [&](postgres::Work& work) -> absl::Status {
    GUILDHALL_ASSIGN(const bool moved, Move(work, page.end));
    if (!moved) return absl::AbortedError("Another process has begun.");
    return replace(work);
  });
}

absl::StatusOr<bool> Consumer::Move(postgres::Work& work, const Position& to) {
  if (seen_.IsNowhere()) {
    GUILDHALL_ASSIGN(const postgres::Rows begun, work.Run(sql::kBeginConsumer, name_, producer_,
                                                          to.incarnation, XidOf(to), to.place.n));
    return !begun.empty();
  }
  GUILDHALL_ASSIGN(const postgres::Rows moved,
                   work.Run(sql::kMoveConsumer, name_, producer_, seen_.incarnation, XidOf(seen_),
                            seen_.place.n, to.incarnation, XidOf(to), to.place.n));
  return !moved.empty();
}

}  // namespace guildhall::changelog
