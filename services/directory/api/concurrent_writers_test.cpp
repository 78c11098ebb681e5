// Whatever many do at once, what is counted and found by is what is there.
#include <thread>

#include "services/directory/api/proposals_fixture.h"
#include "services/directory/workers/member_communities_reconciler.h"
#include "services/directory/workers/member_count_reconciler.h"

namespace guildhall::directory {
namespace {

using access::Permission;

struct Fixture : ProposalsFixture {
  // Somebody who comes in and, if told so, leaves again.
  struct Writer {
    std::vector<std::function<absl::Status()>> deeds;
  };

  template <typename Request, typename Response>
  std::function<absl::Status()> Deed(MemberId caller, Permission permission,
                                     absl::StatusOr<Response> (*handler)(Directory&,
                                                                         const rpc::Call&,
                                                                         const Request&),
                                     const std::string& name, CommunityId community) {
    As(caller);
    auto request = Named<Request>(name);
    request.set_request_id(NewRequestId());
    return LetIn(permission, handler, request, community);
  }
  // A guest with a pending request for one community and an invitation into another, who joins a
  // third, and what of these is answered.
  Writer AddWriter(int n) {
    const MemberId id = AddMember("Gus");
    const std::string member = id.ToString();
    Run("INSERT INTO proposals (community_id, member_id, kind, creator_id, create_time, "
        "expire_time) "
        "SELECT id, '" +
        member + "', CASE WHEN visibility = 2 THEN 1 ELSE 2 END, '" + member +
        "', now(), now() + interval '1 day' FROM communities WHERE visibility > 1");
    Writer writer;
    writer.deeds.push_back(Deed(owner, Permission::kMembershipAdmit, ApproveJoinRequest,
                                resources::JoinRequestName(bakers, id), bakers));
    writer.deeds.push_back(Deed(id, Permission::kOwn, AcceptInvitation,
                                resources::InvitationName(secret, id), secret));
    writer.deeds.push_back(
        Deed(id, Permission::kCommunityJoin, JoinCommunity, resources::Name(guild), guild));
    if (n % 2 == 0) {
      for (const CommunityId each : {guild, bakers}) {
        writer.deeds.push_back(
            Deed(id, Permission::kCommunityLeave, LeaveCommunity, resources::Name(each), each));
      }
    }
    return writer;
  }

  const CommunityId secret = AddCommunity("Secret", Visibility::kSecret);
};

TEST_CASE_METHOD(Fixture,
                 "after 32 writers at once, counts and communities are those of a recount") {
  std::vector<Writer> writers;
  for (int n = 0; n < 32; ++n) writers.push_back(AddWriter(n));
  std::vector<absl::Status> failures(writers.size());
  std::vector<std::thread> threads;
  for (std::size_t n = 0; n < writers.size(); ++n) {
    threads.emplace_back([&, n] {
      for (const auto& deed : writers[n].deeds) {
        // A row that others hold for long is passing; the call is repeated, as clients do.
        absl::Status done = deed();
        for (int i = 0; i < 50 && Is(done, policy::reasons::kBusy); ++i) done = deed();
        failures[n].Update(done);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& failure : failures) CHECK(failure == absl::OkStatus());
  CHECK(*MemberCountReconciler(**this).RunOnce(absl::Now()) == 0);
  CHECK(*MemberCommunitiesReconciler(**this).RunOnce(absl::Now()) == 0);
  CHECK(Ask("SELECT string_agg(member_count::text, ' ' ORDER BY display_name) FROM communities") ==
        "19 17 32");
  CHECK(Standing().empty());
}

}  // namespace
}  // namespace guildhall::directory
