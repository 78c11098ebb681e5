#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

using Profiles = absl::flat_hash_map<MemberId, v1::Member>;

// The profiles of a batch that are kept, and those that are read and then kept. Employees see the
// whole profile of everybody; what an external sees depends on whom it shares a community with.
class Batch {
 public:
  Batch(Directory& directory, const rpc::Call& call)
      : directory_(directory),
        call_(call),
        kept_(directory.replies.on() && !call.fresh() &&
              call.grant().viewer().affiliation() == Affiliation::kEmployee) {}

  absl::StatusOr<Profiles> Get(const std::vector<MemberId>& ids) {
    std::vector<MemberId> missing;
    absl::flat_hash_set<MemberId> asked;
    for (const MemberId id : ids) {
      if (asked.insert(id).second && !Recall(id)) missing.push_back(id);
    }
    if (missing.empty()) return std::move(profiles_);
    GUILDHALL_ASSIGN(
        const std::vector<Member> members,
        GetMembers(directory_.database, call_.context(), call_.grant().viewer(), missing));
    for (const Member& member : members) Add(member);
    return std::move(profiles_);
  }

 private:
  static cache::Subject SubjectOf(const cache::Method& method, MemberId id) {
    return {.key = {.method = method.number, .id = id.uuid()}, .tags = {id.uuid()}};
  }

  bool Recall(MemberId id) {
    if (!kept_) return false;
    const cache::Method& method = directory_.member_rows;
    const auto found = directory_.replies.Find(method, SubjectOf(method, id).key);
    if (found.reply == nullptr) {
      if (found.ticket) tickets_.emplace(id, *found.ticket);
      return false;
    }
    return profiles_[id].ParseFromString(found.reply->bytes);
  }

  void Add(const Member& member) {
    v1::Member& profile = profiles_[member.id];
    profile = ToProto(member);
    const auto ticket = tickets_.find(member.id);
    if (ticket == tickets_.end()) return;
    auto reply = std::make_shared<cache::Reply>();
    reply->bytes = profile.SerializeAsString();
    directory_.replies.Keep(ticket->second, SubjectOf(directory_.member_rows, member.id),
                            std::move(reply));
  }

  Directory& directory_;
  const rpc::Call& call_;
  const bool kept_;
  Profiles profiles_;
  absl::flat_hash_map<MemberId, cache::Ticket> tickets_;
};

}  // namespace

absl::StatusOr<v1::BatchGetMembersResponse> BatchGetMembers(
    Directory& directory, const rpc::Call& call, const v1::BatchGetMembersRequest& request) {
  if (request.names_size() > kMaxBatchMembers) {
    return WrongField("names", absl::StrCat("takes at most ", kMaxBatchMembers));
  }
  std::vector<MemberId> ids;
  for (const std::string& name : request.names()) {
    GUILDHALL_ASSIGN(const MemberId id, MemberFrom("names", name, call.grant()));
    ids.push_back(id);
  }
  GUILDHALL_ASSIGN(Profiles profiles, Batch(directory, call).Get(ids));
  v1::BatchGetMembersResponse response;
  for (const MemberId id : ids) {
    // Taken out when answered: each member once, whoever asks twice.
    if (auto found = profiles.extract(id)) {
      *response.add_members() = std::move(found.mapped());
    }
  }
  return response;
}

}  // namespace guildhall::directory
