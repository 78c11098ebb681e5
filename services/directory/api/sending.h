#pragma once

#include <utility>
#include <vector>

#include "libs/base/import_outcome.h"
#include "libs/rpc/call.h"
#include "libs/rpc/import_outcomes.h"
#include "services/directory/store/import_store.h"

namespace guildhall::directory {

// The records of an import's request, those that cannot be read among them, and its answer.
template <typename Record>
class Sending {
 public:
  template <typename Request>
  Sending(const rpc::Call& call, const Request& request)
      : order_{request.follow_source() ? ImportManner::kFollowSource : ImportManner::kCreateOnly,
               request.validate_only(), call.now()} {}

  // Fails where one record that cannot be read refuses all.
  absl::Status Add(absl::StatusOr<Record> record) {
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
  std::vector<ImportOutcome> outcomes_;
};

}  // namespace guildhall::directory
