// The committed table of who may call what (tests/contracts/permissions.md), as data.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../journeys/places.mjs';

// By heading: by "Service.Method": by column: "allowed", "own only", "denied" or "hidden".
export function permissions() {
  const text = readFileSync(join(root, 'tests/contracts/permissions.md'), 'utf8');
  const tables = new Map();
  for (const section of text.split('\n## ').slice(1)) {
    const [heading, ...lines] = section.split('\n');
    const rows = lines.filter((line) => line.startsWith('| '))
        .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
    const [[, ...columns], , ...cells] = rows.length > 0 ? rows : [[], []];
    tables.set(heading, new Map(cells.map(([method, ...rights]) =>
      [method, new Map(rights.map((right, i) => [columns[i], right]))])));
  }
  return tables;
}
