#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/decide.h"
#include "libs/access/facts.h"
#include "libs/access/grant.h"
#include "libs/access/permission.h"

namespace guildhall::access {

// What a call wants to do to what.
struct Demand {
  Permission permission = Permission::kNone;
  Effect effect = Effect::kWrites;
  std::optional<CommunityId> community;
  // The thing in the community, when the call is about one; read before, beside its community.
  std::optional<ItemFacts> item;
};

// The refusal of what is not there and of what the caller may not know of: one sentence, so that
// the answers of handlers and of decisions are alike to the byte.
absl::Status NotFound();

// The refusal of whoever calls from a session, or with an access token, that does not live.
absl::Status SessionEnded();

// The refusal of what would be written in a community that is archived.
absl::Status CommunityArchived();

// The only maker of grants. Turns facts into a decision and a decision into a Grant or a refusal:
// SIGN_IN_REQUIRED, SERVICE_ONLY, SESSION_ENDED, SESSION_REQUIRED, TOKEN_READ_ONLY, NOT_FOUND,
// NOT_PERMITTED, COMMUNITY_ARCHIVED or MEMBER_MUTED.
class Authorizer {
 public:
  using Done = std::function<void(absl::StatusOr<Grant>)>;

  // `facts` outlives the authorizer.
  explicit Authorizer(Facts& facts) : facts_(facts) {}

  // Whether `caller` is of the kind that may reach a method at all. Pure; the first gate.
  static absl::Status CheckAudience(Audience audience, const Caller& caller);

  // The grant of a method without a permission, for kAnyone and kService. Pure.
  static absl::StatusOr<Grant> Admit(Audience audience, const Caller& caller);

  // Decides from facts at hand: those just asked, or those read under the lock of a write. Pure.
  static absl::StatusOr<Grant> Judge(const Demand& demand, const Caller& caller,
                                     const Answer& answer);

  // Those of `asked` in which the caller may use `permission` to read; answers[i] belongs to
  // asked[i]. Not
  // seeing one is no error, a session that ended is SESSION_ENDED. Pure.
  static absl::StatusOr<VisibleCommunities> Visible(Permission permission, const Caller& caller,
                                                    std::span<const CommunityId> asked,
                                                    std::span<const Answer> answers);

  // Asks for the facts and decides. `done` runs once, on any thread, possibly before this returns.
  // Beside the refusals above, fails as Facts does: without facts nobody gets in.
  void Authorize(const Demand& demand, const Caller& caller, Deadline deadline, Done done);

  // The same for a thread that may wait.
  absl::StatusOr<Grant> AuthorizeAndWait(const Demand& demand, const Caller& caller,
                                         Deadline deadline);

  // Asks for the facts of all of `asked` at once, waits, and filters. Without any, asks nothing and
  // answers the empty set.
  absl::StatusOr<VisibleCommunities> VisibleAmong(Permission permission, const Caller& caller,
                                                  std::span<const CommunityId> asked,
                                                  Deadline deadline);

 private:
  Facts& facts_;
};

}  // namespace guildhall::access
