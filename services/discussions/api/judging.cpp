#include "services/discussions/api/judging.h"

#include "services/discussions/store/flag_store.h"

namespace guildhall::discussions {

absl::StatusOr<HeldPost> HoldToJudge(postgres::Work& work, Permit& permit,
                                     const resources::PostRef& ref) {
  GUILDHALL_ASSIGN(std::optional<HeldPost> held, HoldPost(work, ref.topic, *ref.post));
  if (!held || held->post.delete_time) {
    GUILDHALL_ASSIGN(std::optional<GoneReview> gone, HoldGoneReview(work, ref.topic, *ref.post));
    if (!gone) return access::NotFound();
    held = HeldPost{std::move(gone->post), gone->community};
  }
  GUILDHALL_TRY(permit.Check({held->community, held->post.author}));
  return *std::move(held);
}

}  // namespace guildhall::discussions
