#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "libs/base/refusal.h"
#include "libs/resources/names.h"
#include "tools/import/methods.h"
#include "tools/import/post_stream.h"
#include "tools/import/source/expected.h"

namespace guildhall::importing {

// Directory and discussions as far as an import that follows its source sees them: they keep what
// is sent by name, and answer for each record. What a test sets in `results` wins.
struct FollowingHouse {
  std::map<std::string, std::string> kept;  // by name, as it was sent
  std::map<std::string, v1::Outcome> results;
  std::vector<std::string> order;
  int batches = 0;
  int written = 0;
  int fails_at = -1;  // of batches, from 0 on
  bool is_old = false;

  static std::string NameOf(const auto& record) { return record.name(); }
  static std::string NameOf(const directory::v1::ImportedMembership& record) {
    return record.community() + record.member();
  }
  static RecordHash::Digest HashOf(const auto& record) { return ExpectedOf(record); }
  static RecordHash::Digest HashOf(const discussions::v1::ImportedPost& post) {
    return ExpectedOf(post, {});
  }

  // What would stand: who sees a community, and whom it takes, is not for an import to change.
  template <typename Record>
  Record StandingOf(Record record, v1::Outcome& outcome) const {
    if constexpr (std::is_same_v<Record, directory::v1::Community>) {
      const auto found = kept.find(record.name());
      if (found == kept.end()) return record;
      Record stands;
      stands.ParseFromString(found->second);
      if (stands.visibility() != record.visibility() || stands.admits() != record.admits()) {
        outcome.add_asides(v1::ASIDE_REACH);
      }
      record.set_visibility(stands.visibility());
      record.set_admits(stands.admits());
    }
    return record;
  }

  // What people do to a community here.
  void Narrow(const std::string& name) {
    directory::v1::Community community;
    community.ParseFromString(kept.at(name));
    community.set_visibility(directory::v1::VISIBILITY_SECRET);
    kept[name] = community.SerializeAsString();
  }

  directory::v1::Role RoleOf(CommunityId community, MemberId member) const {
    directory::v1::ImportedMembership membership;
    membership.ParseFromString(kept.at(resources::Name(community) + resources::Name(member)));
    return membership.role();
  }

  template <typename Record>
  v1::Outcome Take(const Record& record, bool validate_only) {
    const std::string name = NameOf(record);
    v1::Outcome outcome;
    if (name.empty()) {
      outcome.set_result(v1::RESULT_REFUSED);
      return outcome;
    }
    if (const auto set = results.find(name); set != results.end()) return set->second;
    const auto found = kept.find(name);
    const std::string bytes = StandingOf(record, outcome).SerializeAsString();
    const bool same = found != kept.end() && found->second == bytes;
    const bool keeps = std::is_same_v<Record, directory::v1::ImportedMembership>;
    outcome.set_result(found == kept.end() ? v1::RESULT_CREATED
                       : same              ? v1::RESULT_UNCHANGED
                       : keeps             ? v1::RESULT_KEPT
                                           : v1::RESULT_UPDATED);
    if (!validate_only && !same && outcome.result() != v1::RESULT_KEPT) {
      kept[name] = bytes;
      ++written;
    }
    if (validate_only && found == kept.end()) return outcome;
    Record standing;
    standing.ParseFromString(kept[name]);
    outcome.set_content_hash(BytesOf(HashOf(standing)));
    if constexpr (std::is_same_v<Record, discussions::v1::ImportedPost>) {
      outcome.set_reactions_hash(BytesOf(ExpectedReactions(standing, {})));
    }
    return outcome;
  }

  template <typename Resp>
  absl::StatusOr<Resp> Answer(const std::string& kind, const auto& request, const auto& records) {
    if (batches++ == fails_at) return absl::UnavailableError("away");
    order.push_back(kind);
    Resp response;
    if (is_old) {
      // It knows neither flag, and refuses a batch for one record without a name.
      for (const auto& record : records) {
        if (NameOf(record).empty()) return WrongField(kind, "names nothing");
      }
      written += records.size();
      return response;
    }
    for (const auto& record : records) {
      *response.add_outcomes() = Take(record, request.validate_only());
    }
    return response;
  }

  WriterMethods methods() {
    using namespace directory::v1;  // NOLINT: six of its names
    return {.members =
                [this](const ImportMembersRequest& r) {
                  return Answer<ImportMembersResponse>("members", r, r.members());
                },
            .communities =
                [this](const ImportCommunitiesRequest& r) {
                  return Answer<ImportCommunitiesResponse>("communities", r, r.communities());
                },
            .memberships =
                [this](const ImportMembershipsRequest& r) {
                  return Answer<ImportMembershipsResponse>("memberships", r, r.memberships());
                },
            .topics =
                [this](const discussions::v1::ImportTopicsRequest& r) {
                  return Answer<discussions::v1::ImportTopicsResponse>("topics", r, r.topics());
                }};
  }

  PostStream::Method send_posts() {
    return [this](const discussions::v1::ImportPostsRequest& r, auto done) {
      done(Answer<discussions::v1::ImportPostsResponse>("posts", r, r.posts()));
    };
  }
};

// A source of what a test says.
class MadeSource final : public Source {
 public:
  MadeSource(SourceOutline outline, std::vector<SourceThread> threads, std::vector<Loss> losses)
      : outline_(std::move(outline)), threads_(std::move(threads)) {
    losses_ = std::move(losses);
    read_.people = static_cast<std::int64_t>(outline_.people.size());
    read_.places = static_cast<std::int64_t>(outline_.places.size());
    for (const SourcePlace& place : outline_.places) {
      read_.participations += static_cast<std::int64_t>(place.participations.size());
    }
    for (const SourceThread& thread : threads_) {
      ++read_.threads;
      read_.messages += static_cast<std::int64_t>(thread.messages.size());
      for (const SourceMessage& message : thread.messages) {
        read_.reactions += static_cast<std::int64_t>(message.reactions.size());
      }
    }
    for (const Loss& loss : losses_) {
      if (loss.whole && loss.kind == SourceKind::kMessage) ++read_.messages;
    }
  }

  std::string_view name() const override { return "made"; }
  const SourceOutline& outline() const override { return outline_; }
  absl::StatusOr<std::optional<SourceThread>> Next() override {
    if (next_ == threads_.size()) return std::optional<SourceThread>();
    return std::optional(threads_[next_++]);
  }

 private:
  const SourceOutline outline_;
  const std::vector<SourceThread> threads_;
  std::size_t next_ = 0;
};

}  // namespace guildhall::importing
