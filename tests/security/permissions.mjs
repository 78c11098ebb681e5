// The committed table of who may call what (tests/contracts/permissions.md), as data.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../journeys/places.mjs';

// The lines of each section, by heading.
function sections() {
  const text = readFileSync(join(root, 'tests/contracts/permissions.md'), 'utf8');
  return new Map(text.split('\n## ').slice(1).map((section) => {
    const [heading, ...lines] = section.split('\n');
    return [heading, lines];
  }));
}

// By heading: by "Service.Method": by column: "allowed", "own only", "denied" or "hidden".
export function permissions() {
  const tables = new Map();
  for (const [heading, lines] of sections()) {
    const rows = lines.filter((line) => line.startsWith('| '))
        .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
    const [[, ...columns], , ...cells] = rows.length > 0 ? rows : [[], []];
    tables.set(heading, new Map(cells.map(([method, ...rights]) =>
      [method, new Map(rights.map((right, i) => [columns[i], right]))])));
  }
  return tables;
}

// By heading: what is listed there, such as "Service.Method".
export function permissionLists() {
  return new Map([...sections()].map(([heading, lines]) => [heading,
    lines.filter((line) => line.startsWith('* ')).map((line) => line.slice(2))]));
}
