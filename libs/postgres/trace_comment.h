#pragma once

#include <string>
#include <string_view>

namespace guildhall::postgres::internal {

// The comment that leads from a statement in the server's logs and statistics to its trace, in the
// form of the sqlcommenter specification. Empty for a trace that is not sampled, and for whatever
// is no traceparent by the letter (W3C Trace Context 3.2): the text becomes a part of SQL.
std::string TraceComment(std::string_view traceparent);

}  // namespace guildhall::postgres::internal
