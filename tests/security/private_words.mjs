// Words that somebody writes where few may read, each with a reader who finds it there: whoever else
// finds one was told too much.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { directory, discussions } from '../journeys/contracts.mjs';

const { FlagKind, FollowLevel } = discussions;
const { Visibility } = directory;

// A word that nobody else writes, and that a search finds.
export const newMark = () => `zq${randomUUID().replaceAll(/[^a-f]/g, '').padEnd(10, 'oxide').slice(0, 10)}`;

class Planting {
  // [what it is, how its reader reads it]; nobody reads what has no reader any more.
  words = [];

  constructor(cast, mark) {
    Object.assign(this, cast);
    this.mark = mark;
  }

  // The words for one thing, which `read` answers to whoever may.
  say(what, read) {
    this.words.push([what, read]);
    return `${this.mark} of ${what}`;
  }

  async found() {
    const { founder } = this;
    const reads = () => founder.directory.getCommunity({ name: this.community.name });
    this.community = await founder.found({ visibility: Visibility.SECRET,
      displayName: this.say('a former name', () => founder.communitySearch.searchCommunities(
          { query: `${this.mark} of a former name` })), description: this.say('the description', reads) });
    const { name } = this.community;
    await founder.directory.updateCommunity({ requestId: randomUUID(),
      community: { name, displayName: this.say('the name', reads) },
      updateMask: { paths: ['display_name'] } });
    const charter = () => founder.charters.getCharter({ community: name });
    await founder.charters.updateCharter({ requestId: randomUUID(),
      charter: { community: name, purpose: this.say('the purpose', charter),
        cadence: this.say('the cadence', charter), welcome: this.say('the welcome', charter) },
      updateMask: { paths: ['purpose', 'cadence', 'welcome'] } });
  }

  async people() {
    const { founder, insider, guest, troubled, asking, community } = this;
    const parent = community.name;
    const message = this.say('an invitation', () => guest.invitations.listMyInvitations({}));
    await founder.invitations.createInvitation({ parent, requestId: randomUUID(),
      invitation: { member: guest.name, message } });
    await founder.invite(community, insider);
    const { invitations: [mine] } = await insider.invitations.listMyInvitations({});
    await insider.invitations.acceptInvitation(
        { name: mine.invitation.name, requestId: randomUUID() });
    await founder.bans.createBan({ parent, requestId: randomUUID(), ban: {
      member: troubled.name,
      reason: this.say('a ban', () => founder.bans.listBans({ parent })) } });
    await founder.mutes.createMute({ parent: this.closed.name, requestId: randomUUID(), mute: {
      member: troubled.name,
      reason: this.say('a mute', () => troubled.mutes.listMyMutes({})) } });
    await asking.joinRequests.createJoinRequest({ parent: this.closed.name,
      requestId: randomUUID(), joinRequest: { message: this.say('a request',
          () => founder.joinRequests.listJoinRequests({ parent: this.closed.name })) } });
  }

  async texts() {
    const { founder, insider, community } = this;
    const revisions = () => founder.history.listRevisions({ parent: this.first.name });
    this.topic = await insider.discussions.createTopic({ parent: community.name,
      topic: { title: this.say('a title', () => founder.discussions.getTopic(this.named())),
        tags: [this.say('a tag', () => founder.tags.listTags({ parent: community.name }))] },
      markdown: this.say('a former text', revisions), requestId: randomUUID() });
    [this.first] = (await insider.discussions.listPosts({ parent: this.topic.name })).posts;
    const { name } = this.first;
    await insider.discussions.updatePost({ post: { name,
      markdown: this.say('a text', () => founder.discussions.getPost({ name })) },
      updateMask: { paths: ['markdown'] }, requestId: randomUUID() });
    const gone = await insider.post(this.topic, this.say('a deleted text'));
    await insider.discussions.deletePost({ name: gone.name, requestId: randomUUID() });
    const option = this.say('an option', () => founder.polls.getPoll({ topic: this.poll.name }));
    this.poll = await founder.openPoll(community, { texts: [option, 'Neither'] });
    const place = this.topic.name;
    await insider.drafts.updateDraft({ draft: { place,
      markdown: this.say('a draft', () => insider.drafts.getDraft({ place })) } });
    await insider.follows.updateTagFollow({ tagFollow: { level: FollowLevel.WATCHING,
      tag: this.say('a followed tag', () => insider.follows.listFollowedTags({})) } });
  }

  named() { return { name: this.topic.name }; }

  async order() {
    const { founder, insider, community } = this;
    const parent = community.name;
    const flagged = async (text) => {
      const post = await insider.post(this.topic, 'Somebody minds');
      await founder.flags.createFlag({ parent: post.name, requestId: randomUUID(),
        flag: { kind: FlagKind.OTHER, text } });
      return post;
    };
    await flagged(this.say('a flag', () => founder.flags.listReviews({ parent })));
    const fine = await flagged('Is this right?');
    await founder.flags.dismissFlags({ name: fine.name, requestId: randomUUID(),
      note: this.say('a note on a flag', () => founder.flags.listMyFlags({})) });
    const post = await insider.post(this.topic, this.say('a removed text'));
    await founder.moderation.removePost({ name: post.name, requestId: randomUUID(),
      reason: this.say('a removal', () => founder.moderation.listRemovals({ parent })) });
  }
}

// `cast`: founder, insider, guest, troubled and asking, and a `closed` community of the founder's.
export async function plant(cast, mark) {
  const planting = new Planting(cast, mark);
  for (const part of ['found', 'people', 'texts', 'order']) await planting[part]();
  return planting;
}

// Whoever may read finds each of them: they were there to be found.
export async function assertRead({ words, mark }) {
  for (const [what, read] of words) {
    if (!read) continue;
    const told = JSON.stringify(await read(), (_, value) =>
      typeof value === 'bigint' ? `${value}` : value);
    // A tag has hyphens for blanks.
    assert.ok(told.replaceAll('-', ' ').includes(`${mark} of ${what}`), what);
  }
}
