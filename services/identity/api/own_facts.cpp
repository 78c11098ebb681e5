#include "services/identity/api/own_facts.h"

#include <utility>

#include "libs/base/status_macros.h"

namespace guildhall::identity {

OwnFacts::OwnFacts(postgres::Database& database, SessionLimits limits, const Clock& clock)
    : sessions_([&database, limits, &clock](const postgres::Context& context,
                                            std::span<const SessionId> sessions)
                    -> absl::StatusOr<std::vector<std::optional<SessionStanding>>> {
        GUILDHALL_ASSIGN(std::vector<SessionStanding> standings,
                         GetSessionFacts(database, context, sessions, Moment(limits, clock.Now())));
        return std::vector<std::optional<SessionStanding>>(standings.begin(), standings.end());
      }) {}

void OwnFacts::Ask(const access::Question& question, Deadline deadline, Done done) {
  using Standing = absl::StatusOr<std::shared_ptr<const SessionStanding>>;
  const MemberId member = question.caller.member;
  sessions_.Ask(question.caller.session, deadline,
                [member, done = std::move(done)](Standing standing) {
                  if (!standing.ok()) return done(standing.status());
                  access::Answer answer;
                  // A token names the member beside the session; both must fit.
                  answer.subject.session_live = (*standing)->live && (*standing)->account == member;
                  answer.subject.affiliation = (*standing)->affiliation;
                  answer.subject.administrator = (*standing)->administrator;
                  done(answer);
                });
}

}  // namespace guildhall::identity
