#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::gateway {

// What a request says about where it comes from.
struct Provenance {
  std::optional<std::string_view> origin;      // the header Origin
  std::optional<std::string_view> fetch_site;  // Sec-Fetch-Site
  std::string_view host;                       // Host
  bool cookie = false;         // it carries the session cookie, which a browser adds by itself
  bool custom_header = false;  // it carries a header that a foreign page cannot send unasked
};

// Which pages may call. A page elsewhere must not act with the session of whoever looks at it.
class OriginPolicy {
 public:
  // `allowed` are origins such as "https://app.example.org", without a path. Behind TLS
  // (`https`) only https pages count as of the same origin.
  OriginPolicy(std::vector<std::string> allowed, bool https)
      : allowed_(std::move(allowed)), https_(https) {}

  enum class Verdict {
    kRefused,
    kOwn,    // of the same origin, or no browser
    kCross,  // an allowed foreign page: it needs CORS headers to read the answer
  };

  // A named origin must be our own or an allowed one. Whoever sends the cookie must name its origin
  // (or Sec-Fetch-Site same-origin or none) and send a custom header.
  Verdict Judge(const Provenance& provenance) const;

  // Whether a page of `origin` may ask whether it may call (a preflight).
  bool Allows(std::string_view origin, std::string_view host) const;

 private:
  bool IsOwn(std::string_view origin, std::string_view host) const;
  bool IsAllowed(std::string_view origin) const;

  std::vector<std::string> allowed_;
  bool https_;
};

}  // namespace guildhall::gateway
