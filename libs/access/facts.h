#pragma once

#include <functional>
#include <optional>

#include "absl/status/statusor.h"
#include "libs/access/caller.h"
#include "libs/base/deadline.h"
#include "libs/base/ids.h"
#include "libs/base/standing.h"

namespace guildhall::access {

// What is true of the caller now.
struct SubjectFacts {
  bool session_live = false;
  // kNone: there is no such member.
  Affiliation affiliation = Affiliation::kNone;
  // Whether its account administers the organization.
  bool administrator = false;
};

// What is true of a community now, and of the caller in it. The defaults let nobody in.
struct CommunityFacts {
  bool exists = false;
  Visibility visibility = Visibility::kSecret;
  Admits admits = Admits::kEmployees;
  // The caller's own role.
  Role role = Role::kNone;
  // Whether the caller owns a community above this one.
  bool owns_ancestor = false;
  // Whether the caller is banned from this community or from one above it.
  bool banned = false;
  // Whether this community, or one above it, is archived.
  bool archived = false;
  // Whether the caller is muted in this community or in one above it.
  bool muted = false;
};

// What is true of a thing in a community, such as a topic.
struct ItemFacts {
  bool exists = false;
  MemberId author;
  // Exists for its author alone, who knows and whose repeated requests must find their answers.
  bool deleted = false;
};

// What a decision needs to know: the caller, and optionally one community.
struct Question {
  Caller caller;
  std::optional<CommunityId> community;
};

struct Answer {
  SubjectFacts subject;
  // As default-constructed when the question named no community.
  CommunityFacts community;
};

// The way by which facts arrive: known under a lease, asked from their owners, or read from the
// owner's own store.
class Facts {
 public:
  using Done = std::function<void(absl::StatusOr<Answer>)>;

  virtual ~Facts() = default;

  // Answers through `done`, once, on any thread, possibly before Ask returns. Never blocks. Fails
  // with DEPENDENCY_AWAY or DEADLINE_PASSED; whoever gets no facts denies.
  virtual void Ask(const Question& question, Deadline deadline, Done done) = 0;

  // The same for a thread that may wait. Fails with DEADLINE_PASSED when it waited in vain.
  absl::StatusOr<Answer> AskAndWait(const Question& question, Deadline deadline);
};

}  // namespace guildhall::access
