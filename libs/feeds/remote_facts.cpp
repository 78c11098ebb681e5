#include "libs/feeds/remote_facts.h"

#include <cstring>
#include <utility>
#include <vector>

#include "guildhall/directory/v1/internal_directory_service.pb.h"
#include "guildhall/identity/v1/internal_identity_service.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/feeds/wire.h"

namespace guildhall::feeds {
namespace {

namespace reasons = policy::reasons;

constexpr char kSessionFacts[] =
    "guildhall.identity.v1.InternalIdentityService/BatchGetSessionFacts";
constexpr char kKeys[] = "guildhall.identity.v1.InternalIdentityService/GetKeys";
constexpr char kAccessFacts[] =
    "guildhall.directory.v1.InternalDirectoryService/BatchGetAccessFacts";

// What an owner could not say in time or at all is, for the one who asks, an owner that is away.
absl::Status Away(const absl::Status& status, const char* owner) {
  if (Is(status, reasons::kDependencyAway)) return status;
  return Refusal(reasons::kDependencyAway,
                 std::string("The service ").append(owner).append(" did not say what is true."));
}

absl::Status Short(const char* owner) {
  return absl::InternalError(std::string(owner).append(" answered less than it was asked"));
}

StandingFact FactOf(const directory::v1::AccessFacts& facts, std::int64_t revision) {
  StandingFact fact{.affiliation = static_cast<Affiliation>(facts.affiliation()),
                    .community = {},
                    .revision = revision};
  if (facts.visibility() == directory::v1::VISIBILITY_UNSPECIFIED) return fact;
  fact.community = {.exists = true,
                    .visibility = static_cast<Visibility>(facts.visibility()),
                    .admits = static_cast<Admits>(facts.admits()),
                    .role = static_cast<Role>(facts.role()),
                    .owns_ancestor = facts.owns_ancestor(),
                    .banned = facts.banned(),
                    .archived = facts.archived(),
                    .muted = facts.muted()};
  return fact;
}

}  // namespace

Sessions::Read AskIdentity(rpc::Client& identity) {
  return [&identity](std::vector<SessionId> keys, Deadline deadline,
                     std::function<void(Sessions::Values)> done) {
    identity::v1::BatchGetSessionFactsRequest request;
    for (const SessionId& id : keys) request.add_session_ids(BytesOf(id.uuid()));
    using Reply = identity::v1::BatchGetSessionFactsResponse;
    identity.Async<Reply>(
        kSessionFacts, request, {.deadline = deadline},
        [count = request.session_ids_size(),
         done = std::move(done)](const absl::StatusOr<Reply>& reply) {
          if (!reply.ok()) return done(Away(reply.status(), "identity"));
          if (reply->sessions_size() != count) return done(Short("identity"));
          std::vector<SessionFact> facts;
          for (const auto& session : reply->sessions()) {
            facts.push_back({session.live(), absl::Milliseconds(session.remaining_ms()),
                             reply->access_revision(), session.administrator()});
          }
          done(std::move(facts));
        });
  };
}

Standings::Read AskDirectory(rpc::Client& directory) {
  return [&directory](std::vector<AccessKey> keys, Deadline deadline,
                      std::function<void(Standings::Values)> done) {
    directory::v1::BatchGetAccessFactsRequest request;
    for (const AccessKey& key : keys) {
      auto& question = *request.add_questions();
      question.set_member_id(BytesOf(key.member.uuid()));
      if (key.community) question.set_community_id(BytesOf(key.community->uuid()));
      question.set_display_name(key.display_name);
      question.set_affiliation(static_cast<directory::v1::Affiliation>(key.affiliation));
    }
    using Reply = directory::v1::BatchGetAccessFactsResponse;
    directory.Async<Reply>(kAccessFacts, request, {.deadline = deadline},
                           [count = request.questions_size(),
                            done = std::move(done)](const absl::StatusOr<Reply>& reply) {
                             if (!reply.ok()) return done(Away(reply.status(), "directory"));
                             if (reply->facts_size() != count) return done(Short("directory"));
                             std::vector<StandingFact> facts;
                             for (const auto& fact : reply->facts()) {
                               facts.push_back(FactOf(fact, reply->access_revision()));
                             }
                             done(std::move(facts));
                           });
  };
}

access::KeySet::Fetch FetchKeys(rpc::Client& identity) {
  return [&identity](access::KeySet::Fetched done) {
    using Reply = identity::v1::GetKeysResponse;
    identity.Async<Reply>(kKeys, identity::v1::GetKeysRequest(),
                          {.deadline = Deadline::After(Sessions::kPatience)},
                          [done = std::move(done)](const absl::StatusOr<Reply>& reply) {
                            if (!reply.ok()) return done(reply.status());
                            std::vector<access::PublicKey> keys;
                            for (const auto& key : reply->keys()) {
                              keys.push_back({key.key_id(), key.x(), key.y()});
                            }
                            done(std::move(keys));
                          });
  };
}

// One question with its two halves.
struct RemoteFacts::Pending {
  access::Question question;
  Deadline deadline;
  Done done;
  access::Answer answer;
  absl::Status failure;
  int missing = 2;

  void Arrived(const absl::Status& status) {
    if (!status.ok()) failure = status;
    if (--missing > 0) return;
    done(failure.ok() ? absl::StatusOr<access::Answer>(answer) : failure);
  }
};

RemoteFacts::RemoteFacts(rpc::Queue& queue, Sessions::Read sessions, Standings::Read standings,
                         const Clock& clock)
    : queue_(queue),
      sessions_(Sessions::Make(queue, std::move(sessions))),
      standings_(Standings::Make(queue, std::move(standings))),
      known_(std::make_shared<Knowledge>(clock)) {}

void RemoteFacts::Ask(const access::Question& question, Deadline deadline, Done done) {
  if (queue_.OnThread()) {
    if (std::optional<access::Answer> answer = FindKnown(question)) return done(*answer);
  }
  auto pending = std::make_shared<Pending>(Pending{question, deadline, std::move(done), {}, {}});
  if (queue_.OnThread()) {
    AskOnThread(std::move(pending));
  } else {
    queue_.Post(
        [this, pending = std::move(pending)]() mutable { AskOnThread(std::move(pending)); });
  }
}

std::optional<access::Answer> RemoteFacts::FindKnown(const access::Question& question) {
  const auto session = known_->sessions.Find(question.caller.session);
  if (!session) return std::nullopt;
  const auto standing = known_->standings.Find(question.caller.member, question.community);
  if (!standing) return std::nullopt;
  return access::Answer{.subject = {.session_live = true,
                                    .affiliation = standing->affiliation,
                                    .administrator = session->administrator},
                        .community = standing->community};
}

void RemoteFacts::AskOnThread(std::shared_ptr<Pending> pending) {
  AskSession(pending);
  AskStanding(pending);
}

void RemoteFacts::AskSession(const std::shared_ptr<Pending>& pending) {
  const SessionId session = pending->question.caller.session;
  if (const auto known = known_->sessions.Find(session)) {
    pending->answer.subject.session_live = true;
    pending->answer.subject.administrator = known->administrator;
    return pending->Arrived(absl::OkStatus());
  }
  sessions_->Ask(session, pending->deadline,
                 [known = known_, pending, session](const absl::StatusOr<SessionFact>& fact) {
                   if (fact.ok()) {
                     pending->answer.subject.session_live = fact->live;
                     pending->answer.subject.administrator = fact->administrator;
                     known->sessions.Keep(session, *fact);
                   }
                   pending->Arrived(fact.status());
                 });
}

void RemoteFacts::AskStanding(const std::shared_ptr<Pending>& pending) {
  const auto arrived = [pending](const StandingFact& fact) {
    pending->answer.subject.affiliation = fact.affiliation;
    pending->answer.community = fact.community;
    pending->Arrived(absl::OkStatus());
  };
  const access::Caller& caller = pending->question.caller;
  const std::optional<CommunityId> community = pending->question.community;
  if (const auto known = known_->standings.Find(caller.member, community)) return arrived(*known);
  standings_->Ask(
      {caller.member, community, caller.display_name, caller.affiliation}, pending->deadline,
      [known = known_, pending, community, arrived](const absl::StatusOr<StandingFact>& fact) {
        if (!fact.ok()) return pending->Arrived(fact.status());
        known->standings.Keep(pending->question.caller.member, community, *fact);
        arrived(*fact);
      });
}

}  // namespace guildhall::feeds
