#include <utility>

#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/api/time_positions.h"
#include "services/discussions/store/flag_store.h"

namespace guildhall::discussions {
namespace {

// As ListReviews.
constexpr rpc::PageSize kPageSize{.usual = 10, .most = 30};

}  // namespace

absl::StatusOr<v1::ListWaitingReviewsResponse> ListWaitingReviews(
    Discussions& discussions, const rpc::Call& call, const v1::ListWaitingReviewsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(const auto kept,
                   ModeratedAmong(discussions, call, "communities", request.communities()));
  GUILDHALL_ASSIGN(
      std::vector<Review> reviews,
      ListWaitingReviews(discussions.database, call.context(), kept,
                         TimePositionOf(page, TimePosition::BeforeAll()), page.to_fetch()));
  v1::ListWaitingReviewsResponse response;
  response.set_next_page_token(page.Cut(reviews, [](const Review& review) {
    return Written({review.create_time, review.id});
  }));
  GUILDHALL_TRY(ReadFlags(discussions.database, call.context(), kept, reviews));
  for (const Review& review : ToldTo(kept.member(), std::move(reviews))) {
    *response.add_reviews() = ToProto(review);
  }
  return response;
}

}  // namespace guildhall::discussions
