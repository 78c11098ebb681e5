// What the compiler must accept and refuse; nothing here runs.
import type { Topic } from './contracts/guildhall/discussions/v1/discussions_service_pb.js';
import type { Guildhall, LiveEvent, SessionState } from './index.js';
import { isReason, items, reasonOf } from './index.js';

export async function reasonsAreNames(error: unknown): Promise<void> {
  isReason(error, 'NOT_PERMITTED', 'TOPIC_FULL', 'RESUME');
  // @ts-expect-error: no contract declares it
  isReason(error, 'NOT_PERMITED');
  // @ts-expect-error: it is never sent
  isReason(error, 'UNSPECIFIED');
  const reason = reasonOf(error);
  if (reason === 'ETAG_STALE') return;
  // @ts-expect-error: it cannot be that
  if (reason === 'STALE') return;
}

export async function itemsHaveTypes({ discussions, directory }: Guildhall): Promise<void> {
  for await (const topic of items(discussions.listTopics, { parent: 'communities/1' })) {
    const found: Topic = topic;
    // @ts-expect-error: a topic is no number
    const wrong: number = topic;
    void [found, wrong];
  }
  for await (const { community, role } of items(directory.listMyCommunities, {})) {
    void [community?.displayName, role];
  }
  // @ts-expect-error: communities are listed by kind, not by size
  items(directory.listCommunities, { size: 7 });
}

export function statesAreToldApart(state: SessionState, event: LiveEvent): void {
  // @ts-expect-error: nobody is known before it is asked
  void state.account;
  if (state.status === 'signedIn') void state.account.member;
  // @ts-expect-error: only some events are about a community
  void event.community;
  if (event.type === 'gained') void event.community;
}
