#include "libs/rpc/page.h"
#include "libs/rpc/times.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/polling.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 50, .most = 200};

std::string PositionOf(const NamedVote& vote) {
  return resources::PositionWriter().Id(vote.member.uuid()).Take();
}

MemberId LastOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  return MemberId(reader.Id());
}

}  // namespace

absl::StatusOr<v1::ListVotesResponse> ListVotes(Discussions& discussions, const rpc::Call& call,
                                                const v1::ListVotesRequest& request) {
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("topic", request.topic()));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(const std::optional<SeenPoll> seen,
                   GetPoll(discussions.database, call.context(), call.grant(), id));
  if (!seen) return access::NotFound();
  GUILDHALL_TRY(CheckListingVotes(seen->poll, seen->own, call.now()));
  GUILDHALL_ASSIGN(std::vector<NamedVote> votes,
                   ListVotes(discussions.database, call.context(), call.grant(), id, LastOf(page),
                             page.to_fetch()));
  v1::ListVotesResponse response;
  response.set_next_page_token(page.Cut(votes, PositionOf));
  for (const NamedVote& vote : votes) {
    v1::Vote& out = *response.add_votes();
    out.set_member(resources::Name(vote.member));
    for (const std::int32_t number : vote.options) out.add_options(number);
    *out.mutable_vote_time() = rpc::ToProto(vote.time);
  }
  return response;
}

}  // namespace guildhall::discussions
