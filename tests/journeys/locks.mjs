// Rows that somebody else holds.
import { once } from 'node:events';
import { stack } from './stack.mjs';

// Locks the row of a resource until the function that is answered is called, or the test ends.
export async function holdRow(t, service, table, resource) {
  const psql = stack.psql(service);
  // By the test, and once more after it.
  const release = () => psql.stdin.writableEnded || psql.stdin.end('ROLLBACK;\n');
  t.after(release);
  const id = resource.name.split('/').at(-1);
  psql.stdin.write(`BEGIN; SELECT 'held' FROM ${table} WHERE id = '${id}' FOR UPDATE;\n`);
  let said = '';
  while (!said.includes('held')) said += (await once(psql.stdout, 'data'))[0];
  return release;
}
