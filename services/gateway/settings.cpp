#include "services/gateway/settings.h"

namespace guildhall::gateway {

void Settings::Describe(settings::Schema& schema) {
  schema.Add("listen", &listen,
             "Where clients reach the gateway: host:port, [ipv6]:port or unix:/path. Plain HTTP; a "
             "proxy in front ends TLS.");
  const std::string addresses =
      ": its processes, addresses with commas (unix:/path or host:port; names are looked up every "
      "5s)";
  schema.Add("identity_address", &identity_address, "Identity" + addresses);
  schema.Add("directory_address", &directory_address, "Directory" + addresses);
  schema.Add("discussions_address", &discussions_address, "Discussions" + addresses);
  schema.Add("probe_address", &probe_address,
             "Whoever answers ProbeService, for benchmarks; empty: UNIMPLEMENTED");
  schema.Add("service_key", &service_key,
             "The secret that the services of this deployment share, at least 32 bytes");
  redis::Declare(schema, redis);

  schema.Add("insecure_cookie", &insecure_cookie,
             "Whether browsers reach the gateway without TLS: for local use only");
  schema.Add("allowed_origins", &allowed_origins,
             "Origins of pages elsewhere that may call, such as https://app.example.org; pages of "
             "the gateway's own host always may");
  schema.Add("trusted_proxies", &trusted_proxies,
             "Addresses and networks whose X-Forwarded-For is believed, such as 10.0.0.0/8");

  schema.Add("connections", &connections,
             "Clients connected at once; 20 KiB each at rest, lowered when the process may not "
             "open as many descriptors");
  schema.Add("head_limit", &head_limit, "Largest head of a request; browsers send up to 4KiB");
  schema.Add("body_limit", &body_limit,
             "Largest message of a client; what services take. A frame's 5 bytes come on top");
  schema.Add("json_limit", &json_limit,
             "Largest JSON message: it is read on the one thread, which it holds up for at most "
             "15ms per 512KiB");
  schema.Add("reply_limit", &reply_limit, "Largest reply of a service");
  schema.Add("json_reply_limit", &json_reply_limit,
             "The same for clients of JSON: it is written on the one thread, which it holds up for "
             "10ms at 1MiB, the largest page of posts, and 25ms at 2MiB");
  schema.Add("calls", &calls, "Calls to one service at once; more are refused");
  schema.Add("default_deadline", &default_deadline,
             "Deadline of calls that name none: what a person waits for");
  schema.Add("longest_deadline", &longest_deadline, "Longest deadline that a client may ask for");

  schema.Add("session_rate", &session_rate,
             "Calls per second of one session, in the long run; 0 is no limit");
  schema.Add("session_burst", &session_burst,
             "Calls of one session at once after a pause: a page with everything on it");
  schema.Add("address_rate", &address_rate,
             "Calls per second without a known session, by network (/24, /56); 0 is no limit");
  schema.Add("address_burst", &address_burst,
             "The same at once after a pause: an office that comes to work behind one address");
  schema.Add("cached_sessions", &cached_sessions,
             "Sessions whose tokens are kept, 2.5 KiB each; others ask identity at each call");

  schema.Add("sampled_ratio", &sampled_ratio,
             "Part of the calls whose trace is sampled, 0 to 1: their statements show the trace in "
             "PostgreSQL and cost about twice as much");
  schema.Add("sampled_wishes", &sampled_wishes,
             "Calls per second, of all clients together, that are sampled because their "
             "traceparent wishes it");
}

}  // namespace guildhall::gateway
