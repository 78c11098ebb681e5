// What front-end teams import. Messages and enums come from '@guildhall/client/contracts/…'.
export { createGuildhall, type Guildhall, type GuildhallOptions, type LiveOptions }
  from './guildhall.js';
export { type LiveEvent, type LiveStatus } from './live/events.js';
export { type Live } from './live/live.js';
export { type Commons, type Locks } from './live/tabs.js';
export { Members, type MembersOptions } from './members.js';
export { type Observable } from './observable.js';
export { type ItemOf, items, itemsOf, type List, pages } from './paging.js';
export { type Piece, piecesOf } from './pieces.js';
export { type Domain, type FieldFault, isReason, type Reason, reasonOf, REASONS, type Refusal,
  refusalOf } from './reasons.js';
export { attemptsKey, newRequestId } from './repeats.js';
export { type Channel, type Delivery, type Session, type SessionState } from './session.js';
export { withPost } from './topics.js';
