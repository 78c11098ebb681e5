#pragma once

#include "libs/base/import_outcome.h"
#include "libs/rpc/times.h"

namespace guildhall::rpc {

// Writes an outcome as the contract has it; `Proto` is guildhall.importing.v1.Outcome, which this
// library does not know.
template <typename Proto>
void Put(const ImportOutcome& outcome, Proto& proto) {
  using Result = decltype(proto.result());
  proto.set_result(static_cast<Result>(outcome.result));
  proto.set_sentence(outcome.sentence);
  if (outcome.content_hash) proto.set_content_hash(BytesOf(*outcome.content_hash));
  for (const ImportAside aside : outcome.asides) {
    proto.mutable_asides()->Add(static_cast<int>(aside));
  }
  if (outcome.late_time) *proto.mutable_late_time() = ToProto(*outcome.late_time);
  for (const int place : outcome.missing_reactions) proto.add_missing_reactions(place);
  proto.set_stands_as(outcome.stands_as);
  if (outcome.reactions_hash) proto.set_reactions_hash(BytesOf(*outcome.reactions_hash));
}

}  // namespace guildhall::rpc
