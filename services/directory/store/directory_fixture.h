#pragma once

#include <string>

#include "changelog/migrations.h"
#include "directory/migrations.h"
#include "feeds/migrations.h"
#include "idempotency/migrations.h"
#include "libs/access/authorizer.h"
#include "libs/base/check.h"
#include "libs/testing/test_database.h"
#include "services/directory/domain/community.h"

namespace guildhall::directory {

// A database of directory for one test, with builders that read aloud.
class TestDirectory {
 public:
  MemberId AddMember(std::string_view name, Affiliation affiliation = Affiliation::kEmployee) {
    return AddMemberAs(NewUuidV7(SystemClock().Now(), SystemRandom()), name, affiliation);
  }
  // As an import brings it: it has no account.
  MemberId AddImported(std::string_view name, Affiliation affiliation = Affiliation::kEmployee) {
    const std::string key = std::to_string(++imported_);
    return AddMemberAs(ImportedUuid(absl::UnixEpoch(), "test", "member", key), name, affiliation);
  }

  CommunityId AddCommunity(std::string_view name, Visibility visibility = Visibility::kOpen,
                           Admits admits = Admits::kEmployees,
                           std::optional<CommunityId> parent = {}) {
    const CommunityId id(NewUuidV7(SystemClock().Now(), SystemRandom()));
    const std::string above = parent ? "'" + parent->ToString() + "'" : "NULL";
    Run("INSERT INTO communities (id, parent_id, ancestor_ids, display_name, kind, visibility, "
        "admits, create_time) VALUES ('" +
        id.ToString() + "', " + above + ", coalesce((SELECT ancestor_ids || id FROM communities " +
        "WHERE id = " + above + "), '{}'), '" + std::string(name) + "', 1, " + Number(visibility) +
        ", " + Number(admits) + ", now())");
    return id;
  }

  void AddMembership(CommunityId community, MemberId member, Role role = Role::kMember) {
    Run("INSERT INTO memberships VALUES ('" + community.ToString() + "', '" + member.ToString() +
        "', " + Number(role) + ", now())");
    Run("UPDATE communities SET member_count = member_count + 1 WHERE id = '" +
        community.ToString() + "'");
    Run("UPDATE members SET community_ids = community_ids || '" + community.ToString() +
        "'::uuid WHERE id = '" + member.ToString() + "'");
  }

  // The viewer that a call of `member` would look through.
  access::Viewer ViewerOf(MemberId member, Affiliation affiliation = Affiliation::kEmployee) {
    const access::Caller caller{.kind = access::Caller::Kind::kMember, .member = member};
    const access::Answer facts{.subject = {.session_live = true, .affiliation = affiliation}};
    const auto grant =
        access::Authorizer::Judge({.permission = access::Permission::kBrowse}, caller, facts);
    GUILDHALL_CHECK(grant.ok());
    return grant->viewer();
  }

  void Run(const std::string& script) { database_.Run(script); }
  std::string Ask(const std::string& question) { return database_.Ask(question); }
  bool SomebodyWaits() { return database_.SomebodyWaits(); }
  postgres::Database& operator*() { return *database_; }
  const postgres::PostgresSettings& settings() const { return database_.settings(); }
  static postgres::Context context() { return {.deadline = Deadline::After(absl::Seconds(10))}; }

 private:
  MemberId AddMemberAs(const Uuid& id, std::string_view name, Affiliation affiliation) {
    Run("INSERT INTO members (id, display_name, affiliation, create_time) VALUES ('" +
        id.ToString() + "', '" + std::string(name) + "', " + Number(affiliation) + ", now())");
    return MemberId(id);
  }
  static std::string Number(auto value) { return std::to_string(static_cast<int>(value)); }

  int imported_ = 0;
  testing::TestDatabase database_{{{"idempotency", idempotency::kMigrations},
                                   {"changelog", changelog::kMigrations},
                                   {"feeds", feeds::kMigrations},
                                   {"directory", kMigrations}}};
};

}  // namespace guildhall::directory
