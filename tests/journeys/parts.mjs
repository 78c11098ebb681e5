// All journeys, in their order. What ends processes comes late, what looks at all the logs last.
//
// Imported at once: the runner takes down the stack as soon as all tests that it knows have ended,
// and where a pattern leaves few of them that may be before the last part is loaded.
import './sign_in.mjs';
import './accounts.mjs';
import './emails.mjs';
import './access_tokens.mjs';
import './pages.mjs';
import './communities.mjs';
import './entering.mjs';
import './search.mjs';
import './secrecy.mjs';
import './hidden_communities.mjs';
import './topics.mjs';
import './moderation.mjs';
import './resting.mjs';
import './polls.mjs';
import './quotes.mjs';
import './reading.mjs';
import './repeats.mjs';
import './races.mjs';
import './refusals_arrive.mjs';
import './client.mjs';
import './tabs.mjs';
import './live.mjs';
import './hostile.mjs';
import './demo.mjs';
import './demo_lately.mjs';
import './imports.mjs';
import './moving_house.mjs';
import './faults.mjs';
import './revocations_in_short.mjs';
import './caches_in_short.mjs';
import './operators.mjs';
