#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "changelog/migrations.h"
#include "discussions/migrations.h"
#include "idempotency/migrations.h"
#include "libs/access/authorizer.h"
#include "libs/testing/test_database.h"
#include "services/discussions/store/topic_writes.h"

namespace guildhall::discussions {

// For tests of stores and workers: a database of discussions with people and communities in it.
struct TestForum {
  static Uuid Numbered(int kind, int n) {
    Uuid uuid;
    uuid.bytes[0] = static_cast<std::uint8_t>(kind);
    uuid.bytes[14] = static_cast<std::uint8_t>(n >> 8);
    uuid.bytes[15] = static_cast<std::uint8_t>(n);
    return uuid;
  }
  static MemberId Member(int n) { return MemberId(Numbered(1, n)); }
  static CommunityId Community(int n) { return CommunityId(Numbered(2, n)); }
  static TopicId TopicNumber(int n) { return TopicId(Numbered(3, n)); }
  static PostId PostNumber(int n) { return PostId(Numbered(4, n)); }

  // What the authorizer gives a member of an open community.
  static access::Grant GrantFor(MemberId member, CommunityId community,
                                access::Permission permission = access::Permission::kContentRead) {
    access::Caller caller{.kind = access::Caller::Kind::kMember, .member = member};
    const auto grant = access::Authorizer::Judge({.permission = permission, .community = community},
                                                 caller, kInside);
    REQUIRE(grant.ok());
    return *grant;
  }
  static access::VisibleCommunities Visible(MemberId member, std::vector<CommunityId> communities) {
    access::Caller caller{.kind = access::Caller::Kind::kMember, .member = member};
    const std::vector<access::Answer> answers(communities.size(), kInside);
    auto visible =
        access::Authorizer::Visible(access::Permission::kContentRead, caller, communities, answers);
    REQUIRE(visible.ok());
    return *std::move(visible);
  }

  // A topic of `author` in `community`, `minute` minutes after the beginning.
  Topic Open(TopicId id, CommunityId community, MemberId author, int minute = 0) {
    Topic topic{.id = id, .community = community, .author = author, .title = "Bread"};
    topic.create_time = At(minute);
    const Post first = *AddPost(topic, {NextPost(), author, "first", At(minute)});
    Do([&](postgres::Work& work) { InsertTopic(work, topic, first); });
    return topic;
  }

  // A post into an existing topic.
  Post Reply(TopicId id, MemberId author, int minute = 0, std::string text = "reply") {
    Post post;
    Do([&](postgres::Work& work) {
      auto locked = LockTopic(work, id);
      if (!locked.ok() || !*locked) return;
      post = *AddPost((*locked)->topic, {NextPost(), author, std::move(text), At(minute)});
      InsertPost(work, **locked, post);
    });
    return post;
  }

  // Runs `work` in a transaction and commits it.
  template <typename Unit>
  void Do(Unit unit) {
    const absl::Status status = open.Transact(context(), [&](postgres::Work& work) {
      unit(work);
      return absl::OkStatus();
    });
    INFO(status);
    REQUIRE(status.ok());
  }

  static absl::Time At(int minute) {
    return absl::FromUnixSeconds(1'700'000'000) + absl::Minutes(minute);
  }
  PostId NextPost() { return PostNumber(++posts); }
  static postgres::Context context() { return {.deadline = Deadline::After(absl::Seconds(20))}; }

  static constexpr access::Answer kInside{
      .subject = {.session_live = true, .affiliation = Affiliation::kEmployee},
      .community = {.exists = true,
                    .visibility = Visibility::kClosed,
                    .admits = Admits::kEmployees,
                    .role = Role::kMember}};

  testing::TestDatabase database{{{"idempotency", idempotency::kMigrations},
                                  {"changelog", changelog::kMigrations},
                                  {"discussions", kMigrations}}};
  // Opened by the test's own thread, before others use it.
  postgres::Database& open = *database;
  int posts = 0;
};

}  // namespace guildhall::discussions
