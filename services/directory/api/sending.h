#pragma once

#include <functional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/base/import_outcome.h"
#include "libs/base/refusal.h"
#include "libs/rpc/call.h"
#include "libs/rpc/import_outcomes.h"
#include "services/directory/store/import_store.h"

namespace guildhall::directory {

// OK when the id is one that imports give: what else stands follows no source.
// Fails with: FIELD_INVALID on `field`.
inline absl::Status CheckImportedId(std::string_view field, const Uuid& id) {
  if (id.bytes[6] >> 4 == 8) return absl::OkStatus();
  return WrongField(field, "holds a UUID of version 8, made from what the source calls it");
}

// The records of an import's request, those that cannot be read among them, and its answer. `Key`
// is what tells a record from others.
template <typename Record, typename Key>
class Sending {
 public:
  template <typename Request>
  Sending(const rpc::Call& call, const Request& request)
      : order_{request.follow_source() ? ImportManner::kFollowSource : ImportManner::kCreateOnly,
               request.validate_only(), call.now()} {}

  // `key` is in the request's field of this name. Fails where one record that cannot be read
  // refuses all.
  absl::Status Add(absl::StatusOr<Record> record, std::string_view field, auto key) {
    const bool again =
        order_.answers_outcomes() && record.ok() && !seen_.insert(std::invoke(key, *record)).second;
    if (again) {
      outcomes_.push_back(RefusedAlone(WrongField(field, "comes twice")));
      return absl::OkStatus();
    }
    if (!record.ok() && order_.manner == ImportManner::kCreateOnly) return record.status();
    outcomes_.emplace_back();
    if (record.ok()) {
      places_.push_back(outcomes_.size() - 1);
      records_.push_back(*std::move(record));
    } else {
      outcomes_.back() = RefusedAlone(record.status());
    }
    return absl::OkStatus();
  }

  const ImportOrder& order() const { return order_; }
  const std::vector<Record>& records() const { return records_; }

  template <typename Response>
  Response Answer(Imported imported) && {
    Response response;
    response.set_created_count(imported.created);
    if (!order_.answers_outcomes()) return response;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      outcomes_[places_[i]] = std::move(imported.outcomes[i]);
    }
    for (const ImportOutcome& outcome : outcomes_) rpc::Put(outcome, *response.add_outcomes());
    return response;
  }

 private:
  const ImportOrder order_;
  std::vector<Record> records_;
  std::vector<std::size_t> places_;
  std::set<Key> seen_;
  std::vector<ImportOutcome> outcomes_;
};

}  // namespace guildhall::directory
