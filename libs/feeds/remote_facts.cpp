#include "libs/feeds/remote_facts.h"

#include <cstring>
#include <utility>
#include <vector>

#include "guildhall/directory/v1/internal_directory_service.pb.h"
#include "guildhall/identity/v1/internal_identity_service.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::feeds {
namespace {

namespace reasons = policy::reasons;

constexpr char kSessionFacts[] =
    "guildhall.identity.v1.InternalIdentityService/BatchGetSessionFacts";
constexpr char kKeys[] = "guildhall.identity.v1.InternalIdentityService/GetKeys";
constexpr char kAccessFacts[] =
    "guildhall.directory.v1.InternalDirectoryService/BatchGetAccessFacts";

std::string Bytes(const Uuid& uuid) {
  return {reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size()};
}

// What an owner could not say in time or at all is, for the one who asks, an owner that is away.
absl::Status Away(const absl::Status& status, const char* owner) {
  if (Is(status, reasons::kDependencyAway)) return status;
  return Refusal(reasons::kDependencyAway,
                 std::string("The service ").append(owner).append(" did not say what is true."));
}

absl::Status Short(const char* owner) {
  return absl::InternalError(std::string(owner).append(" answered less than it was asked"));
}

AccessValue ValueOf(const directory::v1::AccessFacts& facts) {
  AccessValue value;
  value.affiliation = static_cast<Affiliation>(facts.affiliation());
  if (facts.visibility() == directory::v1::VISIBILITY_UNSPECIFIED) return value;
  value.community = {.exists = true,
                     .visibility = static_cast<Visibility>(facts.visibility()),
                     .admits = static_cast<Admits>(facts.admits()),
                     .role = static_cast<Role>(facts.role()),
                     .owns_ancestor = facts.owns_ancestor()};
  return value;
}

}  // namespace

Sessions::Read AskIdentity(rpc::Client& identity) {
  return [&identity](std::vector<SessionId> keys, Deadline deadline,
                     std::function<void(Sessions::Values)> done) {
    identity::v1::BatchGetSessionFactsRequest request;
    for (const SessionId& id : keys) request.add_session_ids(Bytes(id.uuid()));
    using Reply = identity::v1::BatchGetSessionFactsResponse;
    identity.Async<Reply>(kSessionFacts, request, {.deadline = deadline},
                          [count = request.session_ids_size(),
                           done = std::move(done)](const absl::StatusOr<Reply>& reply) {
                            if (!reply.ok()) return done(Away(reply.status(), "identity"));
                            if (reply->sessions_size() != count) return done(Short("identity"));
                            std::vector<bool> live;
                            for (const auto& session : reply->sessions())
                              live.push_back(session.live());
                            done(std::move(live));
                          });
  };
}

Standings::Read AskDirectory(rpc::Client& directory) {
  return [&directory](std::vector<AccessKey> keys, Deadline deadline,
                      std::function<void(Standings::Values)> done) {
    directory::v1::BatchGetAccessFactsRequest request;
    for (const AccessKey& key : keys) {
      auto& question = *request.add_questions();
      question.set_member_id(Bytes(key.member.uuid()));
      if (key.community) question.set_community_id(Bytes(key.community->uuid()));
      question.set_display_name(key.display_name);
      question.set_affiliation(static_cast<directory::v1::Affiliation>(key.affiliation));
    }
    using Reply = directory::v1::BatchGetAccessFactsResponse;
    directory.Async<Reply>(kAccessFacts, request, {.deadline = deadline},
                           [count = request.questions_size(),
                            done = std::move(done)](const absl::StatusOr<Reply>& reply) {
                             if (!reply.ok()) return done(Away(reply.status(), "directory"));
                             if (reply->facts_size() != count) return done(Short("directory"));
                             std::vector<AccessValue> values;
                             for (const auto& facts : reply->facts())
                               values.push_back(ValueOf(facts));
                             done(std::move(values));
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

RemoteFacts::RemoteFacts(rpc::Queue& queue, Sessions::Read sessions, Standings::Read standings)
    : queue_(queue),
      sessions_(Sessions::Make(queue, std::move(sessions))),
      standings_(Standings::Make(queue, std::move(standings))) {}

void RemoteFacts::Ask(const access::Question& question, Deadline deadline, Done done) {
  auto pending = std::make_shared<Pending>(Pending{question, deadline, std::move(done), {}, {}});
  if (queue_.OnThread()) {
    AskOnThread(std::move(pending));
  } else {
    queue_.Post(
        [this, pending = std::move(pending)]() mutable { AskOnThread(std::move(pending)); });
  }
}

void RemoteFacts::AskOnThread(std::shared_ptr<Pending> pending) {
  const access::Caller& caller = pending->question.caller;
  sessions_->Ask(caller.session, pending->deadline, [pending](const absl::StatusOr<bool>& live) {
    if (live.ok()) pending->answer.subject.session_live = *live;
    pending->Arrived(live.status());
  });
  standings_->Ask(
      {caller.member, pending->question.community, caller.display_name, caller.affiliation},
      pending->deadline, [pending](const absl::StatusOr<AccessValue>& value) {
        if (value.ok()) {
          pending->answer.subject.affiliation = value->affiliation;
          pending->answer.community = value->community;
        }
        pending->Arrived(value.status());
      });
}

}  // namespace guildhall::feeds
