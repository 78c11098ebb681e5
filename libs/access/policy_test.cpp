#include "libs/access/policy.h"

#include <catch2/catch.hpp>

#include "guildhall/directory/v1/directory_service.pb.h"
#include "guildhall/directory/v1/internal_directory_service.pb.h"
#include "guildhall/directory/v1/membership_service.pb.h"
#include "guildhall/discussions/v1/discussions_service.pb.h"
#include "guildhall/discussions/v1/internal_discussions_service.pb.h"
#include "guildhall/gateway/v1/probe_service.pb.h"
#include "guildhall/identity/v1/identity_service.pb.h"
#include "guildhall/identity/v1/internal_identity_service.pb.h"
#include "guildhall/policy/v1/policy.pb.h"
#include "libs/access/decide.h"
#include "libs/access/facts.h"

namespace guildhall::access {
namespace {

namespace pb = google::protobuf;

const pb::ServiceDescriptor* ServiceNamed(const pb::FileDescriptor* file) {
  return file->service(0);
}

absl::StatusOr<PolicyTable> Directory() {
  const pb::ServiceDescriptor* services[] = {
      ServiceNamed(directory::v1::GetCommunityRequest::descriptor()->file()),
      ServiceNamed(directory::v1::DeleteMembershipRequest::descriptor()->file()),
      ServiceNamed(directory::v1::BatchGetAccessFactsRequest::descriptor()->file())};
  return PolicyTable::FromServices(services);
}

// A service with the one method `Do`, whose rule `edit` writes; the request is GetCommunityRequest.
absl::StatusOr<PolicyTable> Invented(const std::function<void(policy::v1::Policy&)>& edit) {
  static pb::DescriptorPool pool(pb::DescriptorPool::generated_pool());
  static int number = 0;
  pb::FileDescriptorProto file;
  file.set_name("invented" + std::to_string(++number) + ".proto");
  file.set_package("invented" + std::to_string(number));
  file.add_dependency("guildhall/directory/v1/directory_service.proto");
  auto* service = file.add_service();
  service->set_name("S");
  auto* method = service->add_method();
  method->set_name("Do");
  method->set_input_type(".guildhall.directory.v1.UpdateCommunityRequest");
  method->set_output_type(".guildhall.directory.v1.Community");
  edit(*method->mutable_options()->MutableExtension(policy::v1::method));
  const pb::ServiceDescriptor* services[] = {pool.BuildFile(file)->service(0)};
  return PolicyTable::FromServices(services);
}

std::string FaultOf(const std::function<void(policy::v1::Policy&)>& edit) {
  return std::string(Invented(edit).status().message());
}

TEST_CASE("all contracts have policies that hold") {
  const pb::FileDescriptor* files[] = {
      identity::v1::SignInRequest::descriptor()->file(),
      identity::v1::IssueTokensRequest::descriptor()->file(),
      directory::v1::GetCommunityRequest::descriptor()->file(),
      directory::v1::BatchGetAccessFactsRequest::descriptor()->file(),
      discussions::v1::GetTopicRequest::descriptor()->file(),
      discussions::v1::ImportTopicsRequest::descriptor()->file(),
      gateway::v1::EchoRequest::descriptor()->file()};
  std::vector<const pb::ServiceDescriptor*> services;
  for (const pb::FileDescriptor* file : files) services.push_back(ServiceNamed(file));
  const auto table = PolicyTable::FromServices(services);
  CHECK(table.status().ToString() == "OK");
}

TEST_CASE("a method's rule is found by its name") {
  const auto table = Directory();
  const MethodPolicy* method = table->Find("guildhall.directory.v1.DirectoryService/GetCommunity");
  REQUIRE(method != nullptr);
  CHECK(method->audience == Audience::kSignedIn);
  CHECK(method->permission == Permission::kCommunityRead);
  CHECK_FALSE(method->audit);
  CHECK(method->collection == "communities");
  CHECK_FALSE(method->IsAboutItem());
  const auto* removal = table->Find("guildhall.directory.v1.MembershipService/DeleteMembership");
  REQUIRE(removal != nullptr);
  CHECK(removal->collection == "communities/memberships");
  CHECK_FALSE(removal->IsAboutItem());
  CHECK(table->Find("guildhall.directory.v1.DirectoryService/Nothing") == nullptr);
}

TEST_CASE("what reads is called so and cannot be repeated by an id; everything else writes") {
  const auto table = Directory();
  const auto effect_of = [&](const std::string& method) {
    return table->Find("guildhall.directory.v1." + method)->effect;
  };
  for (const char* name : {"DirectoryService/GetMember", "DirectoryService/BatchGetMembers",
                           "MembershipService/ListMemberships"}) {
    CHECK(effect_of(name) == Effect::kReads);
  }
  for (const char* name : {"DirectoryService/UpdateMember", "MembershipService/JoinCommunity",
                           "MembershipService/LeaveCommunity"}) {
    CHECK(effect_of(name) == Effect::kWrites);
  }
  const pb::ServiceDescriptor* services[] = {
      ServiceNamed(discussions::v1::GetTopicRequest::descriptor()->file())};
  // It has no request id, and is a write by its name.
  CHECK(PolicyTable::FromServices(services)
            ->Find("guildhall.discussions.v1.DiscussionsService/UpdateReadState")
            ->effect == Effect::kWrites);
}

TEST_CASE("the resource is read out of the request") {
  const auto table = Directory();
  const auto* get = table->Find("guildhall.directory.v1.DirectoryService/GetCommunity");
  directory::v1::GetCommunityRequest request;
  request.set_name("communities/1");
  CHECK(get->ResourceOf(request) == "communities/1");

  const auto* update = table->Find("guildhall.directory.v1.DirectoryService/UpdateCommunity");
  directory::v1::UpdateCommunityRequest nested;
  CHECK(update->ResourceOf(nested).empty());
  nested.mutable_community()->set_name("communities/2");
  CHECK(update->ResourceOf(nested) == "communities/2");

  const auto* browse = table->Find("guildhall.directory.v1.DirectoryService/ListCommunities");
  CHECK(browse->ResourceOf(directory::v1::ListCommunitiesRequest()).empty());
}

TEST_CASE("a method without a rule that holds keeps the process from starting") {
  using policy::v1::Policy;
  CHECK_THAT(FaultOf([](Policy&) {}), Catch::Contains("S/Do: no policy"));
  CHECK_THAT(FaultOf([](Policy& p) { p.set_audience(policy::v1::AUDIENCE_SIGNED_IN); }),
             Catch::Contains("without a permission"));
  CHECK_THAT(FaultOf([](Policy& p) {
               p.set_audience(policy::v1::AUDIENCE_ANYONE);
               p.set_permission(policy::v1::PERMISSION_OWN);
             }),
             Catch::Contains("leaves unchecked"));
  CHECK_THAT(FaultOf([](Policy& p) {
               p.set_audience(policy::v1::AUDIENCE_SIGNED_IN);
               p.set_permission(policy::v1::PERMISSION_COMMUNITY_EDIT);
             }),
             Catch::Contains("without a resource"));
  CHECK_THAT(FaultOf([](Policy& p) {
               p.set_audience(policy::v1::AUDIENCE_SIGNED_IN);
               p.set_permission(policy::v1::PERMISSION_COMMUNITY_EDIT);
               p.set_resource("community.name");
             }),
             Catch::Contains("collection"));
}

TEST_CASE("a resource path that is no string field of the request is refused") {
  for (const char* path : {"nmae", "community", "community.kind", "community.name.x", "", "."}) {
    CAPTURE(path);
    const auto table = Invented([&](policy::v1::Policy& p) {
      p.set_audience(policy::v1::AUDIENCE_SIGNED_IN);
      p.set_permission(policy::v1::PERMISSION_COMMUNITY_EDIT);
      p.set_resource(path);
      p.set_collection("communities");
    });
    CHECK_FALSE(table.ok());
  }
}

// The plain C++ enums are casts of the contracts' numbers.
template <typename Plain>
bool Same(int contract, Plain plain) {
  return contract == static_cast<int>(plain);
}

TEST_CASE("the plain enums have the numbers of the contracts") {
  for (int number = 0; number <= policy::v1::Permission_ARRAYSIZE; ++number) {
    CHECK(policy::v1::Permission_IsValid(number) == IsPermission(number));
  }
  CHECK(Same(policy::v1::PERMISSION_OWN, Permission::kOwn));
  CHECK(Same(policy::v1::PERMISSION_BROWSE, Permission::kBrowse));
  CHECK(Same(policy::v1::PERMISSION_MEMBER_READ, Permission::kMemberRead));
  CHECK(Same(policy::v1::PERMISSION_COMMUNITY_CREATE, Permission::kCommunityCreate));
  CHECK(Same(policy::v1::PERMISSION_COMMUNITY_READ, Permission::kCommunityRead));
  CHECK(Same(policy::v1::PERMISSION_COMMUNITY_EDIT, Permission::kCommunityEdit));
  CHECK(Same(policy::v1::PERMISSION_COMMUNITY_JOIN, Permission::kCommunityJoin));
  CHECK(Same(policy::v1::PERMISSION_COMMUNITY_LEAVE, Permission::kCommunityLeave));
  CHECK(Same(policy::v1::PERMISSION_MEMBERSHIP_LIST, Permission::kMembershipList));
  CHECK(Same(policy::v1::PERMISSION_CONTENT_READ, Permission::kContentRead));
  CHECK(Same(policy::v1::PERMISSION_CONTENT_CREATE, Permission::kContentCreate));
  CHECK(Same(policy::v1::PERMISSION_CONTENT_EDIT, Permission::kContentEdit));
  CHECK(Same(policy::v1::PERMISSION_COMMUNITY_MODERATE, Permission::kCommunityModerate));
  CHECK(Same(policy::v1::PERMISSION_COMMUNITY_ARCHIVE, Permission::kCommunityArchive));
  CHECK(Same(policy::v1::PERMISSION_MEMBERSHIP_EDIT, Permission::kMembershipEdit));
  CHECK(Same(policy::v1::PERMISSION_MEMBERSHIP_ADMIT, Permission::kMembershipAdmit));
  CHECK(Same(policy::v1::PERMISSION_CONTENT_MODERATE, Permission::kContentModerate));
  CHECK(Same(policy::v1::AUDIENCE_ANYONE, Audience::kAnyone));
  CHECK(Same(policy::v1::AUDIENCE_SIGNED_IN, Audience::kSignedIn));
  CHECK(Same(policy::v1::AUDIENCE_SERVICE, Audience::kService));
  CHECK(Same(directory::v1::AFFILIATION_EMPLOYEE, Affiliation::kEmployee));
  CHECK(Same(directory::v1::AFFILIATION_EXTERNAL, Affiliation::kExternal));
  CHECK(Same(identity::v1::AFFILIATION_EMPLOYEE, Affiliation::kEmployee));
  CHECK(Same(identity::v1::AFFILIATION_EXTERNAL, Affiliation::kExternal));
  CHECK(Same(directory::v1::VISIBILITY_OPEN, Visibility::kOpen));
  CHECK(Same(directory::v1::VISIBILITY_CLOSED, Visibility::kClosed));
  CHECK(Same(directory::v1::VISIBILITY_SECRET, Visibility::kSecret));
  CHECK(Same(directory::v1::ADMITS_EMPLOYEES, Admits::kEmployees));
  CHECK(Same(directory::v1::ADMITS_EVERYONE, Admits::kEveryone));
  CHECK(Same(directory::v1::ROLE_MEMBER, Role::kMember));
  CHECK(Same(directory::v1::ROLE_MODERATOR, Role::kModerator));
  CHECK(Same(directory::v1::ROLE_OWNER, Role::kOwner));
}

}  // namespace
}  // namespace guildhall::access
