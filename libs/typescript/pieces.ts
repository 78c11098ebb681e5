// Texts of which parts are told apart, as the excerpts of a search.
import type { TextRange } from './contracts/guildhall/discussions/v1/post_search_service_pb.js';

/** A piece of a text. */
export interface Piece {
  /** As it stands there: text, and never markup. */
  readonly text: string;
  /** Whether it is in one of the ranges. */
  readonly matched: boolean;
}

/**
 * The pieces of `text` in and between ranges, in order, none of them empty; together they are the
 * text. Ranges count characters (code points), where indexes of a string count halves of an emoji.
 * They are in order and do not overlap, as results have them; what lies behind the text is left
 * out.
 */
export function piecesOf(text: string, ranges: readonly Pick<TextRange, 'offset' | 'length'>[]):
    Piece[] {
  const characters = [...text];
  const pieces: Piece[] = [];
  const add = (from: number, to: number, matched: boolean) => {
    const part = characters.slice(from, to).join('');
    if (part !== '') pieces.push({ text: part, matched });
  };
  let end = 0;
  for (const { offset, length } of ranges) {
    add(end, offset, false);
    add(offset, offset + length, true);
    end = offset + length;
  }
  add(end, characters.length, false);
  return pieces;
}
