// Why a call was refused: the reasons of the contracts as types.
import { type Code, ConnectError } from '@connectrpc/connect';
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema }
  from './contracts/google/rpc/status_pb.js';
import { Reason as Directory } from './contracts/guildhall/directory/v1/reason_pb.js';
import { Reason as Discussions } from './contracts/guildhall/discussions/v1/reason_pb.js';
import { Reason as Gateway } from './contracts/guildhall/gateway/v1/reason_pb.js';
import { Reason as Identity } from './contracts/guildhall/identity/v1/reason_pb.js';
import { Reason as Policy } from './contracts/guildhall/policy/v1/reason_pb.js';

/** The reasons by the package that declares them, which is the `domain` of the error. */
export const REASONS = {
  'guildhall.policy.v1': Policy,
  'guildhall.identity.v1': Identity,
  'guildhall.directory.v1': Directory,
  'guildhall.discussions.v1': Discussions,
  'guildhall.gateway.v1': Gateway,
} as const;

export type Domain = keyof typeof REASONS;

/** The name of a reason, without `REASON_`. What each means stands at its enum in the contracts. */
export type Reason = { [D in Domain]: Exclude<keyof (typeof REASONS)[D], 'UNSPECIFIED'> }[Domain];

/** A field of the request that is at fault. */
export interface FieldFault {
  /** The path as messages have it here, such as `member.displayName`. */
  readonly field: string;
  /** What is wrong with it, in English, for developers. */
  readonly description: string;
}

/** What an error says of why a call was refused. */
export interface Refusal {
  /** Unset for one that a newer server has and this package does not know. */
  readonly reason: Reason | undefined;
  /** The reason as it was sent, and the package that declares it. */
  readonly sent: { readonly reason: string; readonly domain: string };
  readonly code: Code;
  /** For developers; show people words of your own, chosen by the reason. */
  readonly message: string;
  /** What the reason comes with, such as a limit. */
  readonly metadata: Readonly<Record<string, string>>;
  /** With FIELD_INVALID: which fields. */
  readonly fields: readonly FieldFault[];
  /** When a repeat may succeed; unset if the server does not say. */
  readonly retryAfterMs: number | undefined;
}

/** What `error` says; undefined if Guildhall did not refuse: a lost connection, say, or a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof ConnectError)) return undefined;
  const info = error.findDetails(ErrorInfoSchema)[0];
  if (!info) return undefined;
  const fields = error.findDetails(BadRequestSchema)[0]?.fieldViolations ?? [];
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return {
    reason: known(info.domain, info.reason),
    sent: { reason: info.reason, domain: info.domain },
    code: error.code,
    message: error.rawMessage,
    metadata: info.metadata,
    fields: fields.map(({ field, description }) => ({ field: localPath(field), description })),
    retryAfterMs: delay && Number(delay.seconds) * 1000 + delay.nanos / 1e6,
  };
}

/** Why a call was refused; undefined as in `refusalOf`, and for a reason that is not known here. */
export function reasonOf(error: unknown): Reason | undefined {
  return refusalOf(error)?.reason;
}

/** Whether a call was refused for one of these reasons. */
export function isReason(error: unknown, ...reasons: readonly Reason[]): error is ConnectError {
  const reason = reasonOf(error);
  return reason !== undefined && reasons.includes(reason);
}

// Contracts name fields in snake_case, messages here in camelCase.
function localPath(path: string): string {
  return path.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function known(domain: string, reason: string): Reason | undefined {
  if (reason === 'UNSPECIFIED' || !Object.hasOwn(REASONS, domain)) return undefined;
  const names: object = REASONS[domain as Domain];
  // TypeScript's enums also map numbers to names.
  return Object.hasOwn(names, reason) && !/^\d/.test(reason) ? (reason as Reason) : undefined;
}
