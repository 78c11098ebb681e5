#include <optional>
#include <string>

#include "absl/strings/str_join.h"
#include "libs/access/decide.h"
#include "libs/base/refusal.h"
#include "libs/resources/names.h"
#include "libs/rpc/exchange.h"
#include "libs/rpc/steps.h"

namespace guildhall::rpc::internal {
namespace {

std::string FieldPath(const access::MethodPolicy& policy) {
  return absl::StrJoin(policy.resource, ".",
                       [](std::string* out, const auto* field) { out->append(field->name()); });
}

void RefuseField(Exchange& exchange, std::string description) {
  exchange.Refuse(WrongField(FieldPath(*exchange.method->policy), std::move(description)));
}

// What a method asks for, before it is known about what.
access::Demand DemandOf(const access::MethodPolicy& policy) {
  return {.permission = policy.permission,
          .effect = policy.effect,
          .community = std::nullopt,
          .item = std::nullopt};
}

void Seek(Exchange& exchange);

void Ask(Exchange& exchange, const access::Demand& demand) {
  exchange.engine.authorizer.Authorize(
      demand, exchange.facts.caller, exchange.facts.deadline,
      exchange.Later<absl::StatusOr<access::Grant>>(
          [](Exchange& later, absl::StatusOr<access::Grant> grant) {
            if (!grant.ok()) return later.Refuse(grant.status());
            if (DropOldKept(later)) return Seek(later);
            later.facts.grant = *std::move(grant);
            later.Proceed();
          }));
}

OnFound WhenFound(Exchange& exchange) {
  return exchange.Later<absl::StatusOr<std::optional<Found>>>(
      [](Exchange& later, absl::StatusOr<std::optional<Found>> found) {
        if (!found.ok()) return later.Refuse(found.status());
        // Also asked when there is nothing: the answer must not come sooner, and a session that
        // has ended is told first.
        access::Demand demand = DemandOf(*later.method->policy);
        demand.item = access::ItemFacts{};
        if (*found) {
          demand.community = (*found)->item.community;
          demand.item = access::ItemFacts{
              .exists = true, .author = (*found)->item.author, .deleted = (*found)->item.deleted};
          later.row = std::move((*found)->row);
          later.item = (*found)->item;
        }
        Ask(later, demand);
      });
}

// As when an item was found, from what is kept with a reply.
void AskOfKept(Exchange& exchange) {
  const cache::Reply& reply = *exchange.kept.found.reply;
  access::Demand demand = DemandOf(*exchange.method->policy);
  demand.community = reply.community;
  demand.item = access::ItemFacts{.exists = true, .author = reply.author};
  Ask(exchange, demand);
}

// Calls `find` with the continuation; when it fails at once, answers that and lets go of the
// continuation.
template <typename Find>
void FindItem(Exchange& exchange, Find find) {
  const OnFound done = WhenFound(exchange);
  if (const absl::Status status = find(done); !status.ok()) done(status);
}

void AuthorizeByName(Exchange& exchange, std::string_view name) {
  const access::MethodPolicy& policy = *exchange.method->policy;
  const auto parts = resources::Split(name);
  // A name that no decision depends on, such as members/me, is the handler's to read.
  if (!parts && !access::IsAboutCommunity(policy.permission)) {
    return Ask(exchange, DemandOf(policy));
  }
  if (!parts) return RefuseField(exchange, "is no resource name");
  std::string collection(parts->collection);
  if (!parts->child_collection.empty()) collection.append("/").append(parts->child_collection);
  if (collection != policy.collection) return RefuseField(exchange, "names nothing of this kind");
  if (const auto it = exchange.engine.resolvers.find(collection);
      it != exchange.engine.resolvers.end()) {
    if (exchange.kept.found.reply != nullptr) return AskOfKept(exchange);
    return FindItem(exchange, [&](const OnFound& done) {
      return it->second->Find(FieldPath(policy), name, exchange.facts.deadline, done);
    });
  }
  access::Demand demand = DemandOf(policy);
  // Memberships and bans are decided by their community.
  if (parts->collection == "communities") demand.community = CommunityId(parts->id);
  Ask(exchange, demand);
}

void Seek(Exchange& exchange) {
  const Method& method = *exchange.method;
  const access::MethodPolicy& policy = *method.policy;
  if (method.handler.lookup != nullptr) {
    if (exchange.kept.found.reply != nullptr) return AskOfKept(exchange);
    return FindItem(exchange, [&](const OnFound& done) {
      return method.handler.lookup->Find(*exchange.request, exchange.facts.deadline, done);
    });
  }
  const std::string_view name = policy.ResourceOf(*exchange.request);
  if (!name.empty()) {
    AuthorizeByName(exchange, name);
  } else if (!policy.resource.empty() &&
             policy.permission != access::Permission::kCommunityCreate) {
    RefuseField(exchange, "is required");  // a community may be founded without a parent
  } else {
    Ask(exchange, DemandOf(policy));
  }
}

}  // namespace

Outcome Authorize(Exchange& exchange) {
  const Method& method = *exchange.method;
  const access::MethodPolicy& policy = *method.policy;
  if (policy.audience != access::Audience::kSignedIn) {
    auto grant = access::Authorizer::Admit(policy.audience, exchange.facts.caller);
    if (!grant.ok()) {
      exchange.Refuse(grant.status());
      return Outcome::kStop;
    }
    exchange.facts.grant = *std::move(grant);
    return Outcome::kNext;
  }
  LookForKept(exchange);
  Seek(exchange);
  return Outcome::kStop;
}

}  // namespace guildhall::rpc::internal
