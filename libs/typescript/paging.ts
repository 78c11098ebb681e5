// Lists that come in pages, as async iteration.
import type { CallOptions } from '@connectrpc/connect';

/** What every list answers: items, and how to get the next page. */
interface Page {
  readonly nextPageToken: string;
}

type ItemField<Response> = {
  [Field in keyof Response]: Response[Field] extends readonly object[] ? Field : never;
}[Exclude<keyof Response, '$typeName' | '$unknown'>];

/** The type of the items of a list's answer. */
export type ItemOf<Response> = ItemField<Response> extends infer Field extends keyof Response
  ? Response[Field] extends readonly (infer Item)[] ? Item : never
  : never;

/** A list of the contracts, such as `guildhall.discussions.listTopics`. */
export type List<Request, Response extends Page> =
  (request: Request, options?: CallOptions) => Promise<Response>;

/**
 * The pages of a list, one call each, asked for when the one before has been used.
 *
 * `request` may say `pageSize`, and `pageToken` to go on where another iteration ended. Fails with
 * the reasons of the list; PAGE_TOKEN_INVALID if what it lists was changed to another request.
 */
export async function* pages<Request extends { pageToken?: string }, Response extends Page>(
    list: List<Request, Response>, request: Request, options?: CallOptions):
    AsyncGenerator<Response, void, undefined> {
  for (let pageToken = request.pageToken ?? ''; ;) {
    const page = await list({ ...request, pageToken }, options);
    yield page;
    if (page.nextPageToken === '') return;
    pageToken = page.nextPageToken;
  }
}

/** The items of a list over all its pages: `for await (const topic of items(listTopics, …))`. */
export async function* items<Request extends { pageToken?: string }, Response extends Page>(
    list: List<Request, Response>, request: Request, options?: CallOptions):
    AsyncGenerator<ItemOf<Response>, void, undefined> {
  for await (const page of pages(list, request, options)) yield* itemsOf(page);
}

/** The items of one page. */
export function itemsOf<Response extends Page>(page: Response): readonly ItemOf<Response>[] {
  // The contracts promise one repeated field; names with $ are protobuf's own.
  const found = Object.entries(page).find(([name, value]) => !name.startsWith('$')
      && Array.isArray(value));
  return (found?.[1] ?? []) as readonly ItemOf<Response>[];
}
