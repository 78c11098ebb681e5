// The people of the demo organization.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Person } from './people.mjs';
import { root } from './places.mjs';

// Address and password of a member, from deploy/demo/members.md.
export function demoAccount(name) {
  const text = readFileSync(join(root, 'deploy/demo/members.md'), 'utf8');
  const [section] = text.split('\n## ').filter((each) => each.includes(`- name: ${name}\n`));
  const [, email] = /^- email: (.*)$/m.exec(section);
  const [, password] = /^- password: (.*)$/m.exec(section);
  return { email, password };
}

export async function demoMember(name) {
  const { email, password } = demoAccount(name);
  return Person.ofDemo(email, password);
}
