#include "services/gateway/api/pages.h"

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/pages.h"
#include "libs/base/strings.h"

namespace guildhall::gateway {
namespace {

constexpr char kStart[] = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Guildhall</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
  pre { background: #f4f4f4; padding: 1rem; overflow-x: auto; }
</style>
<h1>Guildhall</h1>
<p>The gateway of an enterprise community is running. It speaks gRPC-web
(<code>application/grpc-web+proto</code>, <code>application/grpc-web-text</code>) and the Connect
protocol (<code>application/proto</code>, <code>application/json</code>) at
<code>POST /package.Service/Method</code> of this address.</p>
<h2>Sign in</h2>
<p>As a program: ask for a session secret, then send it as a bearer token.</p>
<pre>curl -s $ADDRESS/guildhall.identity.v1.IdentityService/SignIn \
  -H 'content-type: application/json' -d '{
    "email": "…", "password": "…", "delivery": "SESSION_DELIVERY_BEARER",
    "requestId": "'$(cat /proc/sys/kernel/random/uuid)'"}'
curl -s $ADDRESS/guildhall.identity.v1.IdentityService/GetMe \
  -H "authorization: Bearer $SECRET" -H 'content-type: application/json' -d '{}'</pre>
<p>As a page in a browser: ask for <code>SESSION_DELIVERY_COOKIE</code>. Calls with the cookie carry
<code>x-grpc-web</code>, <code>connect-protocol-version</code> or <code>x-guildhall</code>; client
libraries send one of the first two by themselves.</p>
<p>Every answer has an <code>x-request-id</code>: it finds the call in the logs.</p>
<p>What each method does, who may call it and how it fails: <a href="/reference">reference</a>. How
much of everything is taken: <a href="/limits">limits</a>.</p>
<h2>Methods</h2>
)";

// What of the settings a client meets.
constexpr std::pair<std::string_view, std::string_view> kLimits[] = {
    {"head of a request", "head_limit"},
    {"message of a request", "body_limit"},
    {"message of a request as JSON", "json_limit"},
    {"reply as JSON", "json_reply_limit"},
    {"deadline of a call that names none", "default_deadline"},
    {"longest deadline of a call", "longest_deadline"},
    {"calls of one session: a second, in the long run (0: no limit)", "session_rate"},
    {"calls of one session: at once, after a pause", "session_burst"},
    {"calls of one network without a session: a second (0: no limit)", "address_rate"},
    {"calls of one network without a session: at once", "address_burst"},
};

std::string HomePage(const Routes& routes) {
  std::map<std::string, std::vector<std::string>> by_service;
  for (const auto& route : routes.all()) {
    if (route->upstream == nullptr) continue;
    by_service[route->method.service()->full_name()].push_back(
        absl::StrCat(route->method.name(), route->needs_session ? "" : " (without a session)"));
  }
  std::string page = kStart;
  for (const auto& [service, methods] : by_service) {
    absl::StrAppend(&page, "<h3><code>", service, "</code></h3>\n<ul>\n");
    for (const std::string& method : methods) absl::StrAppend(&page, "<li>", method, "\n");
    page += "</ul>\n";
  }
  return page;
}

// What operators decide; settings are told as they would be set.
std::string LimitsOfGateway(Settings settings) {
  settings::Schema schema;
  settings.Describe(schema);
  std::map<std::string, std::string> values;
  for (auto& [name, value] : schema.Values()) values[name] = std::move(value);
  std::string out = "<h2>this gateway</h2>\n<table>\n";
  for (const auto& [what, name] : kLimits) {
    absl::StrAppend(&out, "<tr><td>", Absl(what), "<td>", values.at(std::string(name)), "\n");
  }
  return out + "</table>\n";
}

}  // namespace

std::map<std::string_view, http::Response> Pages(const Routes& routes, Settings settings) {
  std::map<std::string_view, http::Response> pages;
  pages["/"].body = HomePage(routes);
  pages["/reference"].constant = kReferencePage;
  pages["/limits"].constant = kLimitsPage;
  pages["/limits"].tail = LimitsOfGateway(std::move(settings));
  for (auto& [path, page] : pages) {
    page.head =
        "content-type: text/html; charset=utf-8\r\nx-content-type-options: nosniff\r\n"
        "content-security-policy: default-src 'none'; style-src 'unsafe-inline'\r\n";
  }
  return pages;
}

}  // namespace guildhall::gateway
