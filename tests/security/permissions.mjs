// The committed policy of who may do what (tests/contracts/permissions.md), as data.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../journeys/places.mjs';

const cellsOf = (line) => line.split('|').slice(1, -1).map((cell) => cell.trim().replaceAll('`', ''));

// The tables of a part, each by its first column: by first cell: by column: cell.
function tablesOf(part) {
  return new Map(part.split('\n\n').filter((block) => block.startsWith('| ')).map((block) => {
    const [[first, ...columns], , ...rows] = block.trim().split('\n').map(cellsOf);
    return [first, new Map(rows.map(([name, ...cells]) =>
      [name, new Map(cells.map((cell, i) => [columns[i], cell]))]))];
  }));
}

// By heading: the tables of each part that lists acts.
const PARTS = new Map(readFileSync(join(root, 'tests/contracts/permissions.md'), 'utf8')
    .split('\n## ').slice(1).map((part) => [part.split('\n')[0], tablesOf(part)])
    .filter(([, tables]) => tables.has('act')));

const actsUnder = (heading) => [...PARTS.get(heading).get('act').keys()];

export const ANYONE = actsUnder('Without signing in');
export const SERVICES_ALONE = actsUnder('Between services');

// By "Service.Method", of all for which one signs in: `token`, the least scope that will do; `alone`,
// by persona what it is answered without a community; `about(visibility)`, the same about a
// community or something in one; `archived` and `muted`, whether it rests there. What does not
// apply is undefined.
export const ACTS = new Map([...PARTS].flatMap(([heading, tables]) => {
  if (['Without signing in', 'Between services'].includes(heading)) return [];
  return [...tables.get('act')].map(([name, act]) => [name, {
    token: act.get('access token'),
    alone: tables.get('in')?.get('the organization'),
    about: (visibility) => tables.get('about')?.get(
        `${act.get('about') === 'something in it' ? 'something in ' : ''}` +
        `${visibility === 'OPEN' ? 'an' : 'a'} ${visibility} community`),
    archived: act.get('archived'),
    muted: act.get('muted'),
  }]);
}));
