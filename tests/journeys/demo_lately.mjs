// What members of the demo organization did lately (deploy/demo/lately.md): each feature has
// something to show to whom the README names.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { Code } from '@connectrpc/connect';
import { discussions } from './contracts.mjs';
import { demoMember } from './demo_members.mjs';
import { assertRefused, DISCUSSIONS } from './refusals.mjs';
import { stack } from './stack.mjs';

const { FlagKind, FlagOutcome, MentionKind } = discussions;

describe('lately in the demo organization', () => {
  const people = {};
  const communities = {};

  before(async () => {
    for (const [key, name] of [['marit', 'Marit Hoekstra'], ['rasmus', 'Rasmus Kjeldsen'],
      ['adaeze', 'Adaeze Obi'], ['wanjiru', 'Wanjiru Kamau'], ['noor', 'Noor Haddad'],
      ['kofi', 'Kofi Amankwah']]) {
      people[key] = await demoMember(name);
    }
    const { communities: all } = await people.rasmus.directory.listCommunities(
        { pageSize: 100, showArchived: true });
    for (const each of all) communities[each.displayName] = each;
  });

  const topicIn = async (person, community, title) => {
    const { topics } = await person.discussions.listTopics(
        { parent: communities[community].name, pageSize: 100 });
    const found = topics.find((topic) => topic.title === title);
    assert.ok(found, title);
    return found;
  };
  const countsOf = ({ options }) => options.map(({ voteCount }) => voteCount);

  test('a poll says who would show what to visitors', async () => {
    const { name } = await topicIn(people.rasmus, 'The Whole House',
        'Open house in May: what should visitors see?');
    const poll = await people.rasmus.polls.getPoll({ topic: name });
    assert.deepEqual([poll.closed, poll.ownOptions, countsOf(poll)], [false, [2, 4], [0, 4, 2, 4]]);
    const { votes } = await people.noor.polls.listVotes({ topic: name });
    assert.deepEqual(votes.find(({ member }) => member === people.marit.name).options, [3]);
  });

  test('an anonymous one is over, and its numbers are nobody\'s, an administrator\'s neither',
      async () => {
        const { name: topic } = await topicIn(people.marit, 'The Whole House',
            'Four long days or five short ones?');
        const poll = await people.marit.polls.getPoll({ topic });
        assert.deepEqual([poll.closed, countsOf(poll)], [true, [3, 2, 2]]);
        await assertRefused(people.marit.polls.listVotes({ topic }), Code.FailedPrecondition,
            'POLL_ANONYMOUS', DISCUSSIONS);
      });

  test('a third tells its numbers to who has voted', async () => {
    const { name: topic } = await topicIn(people.rasmus, "The Bakers' Table",
        'When does your first batch go in?');
    assert.equal((await people.rasmus.polls.getPoll({ topic })).resultsShown, false);
  });

  test('topics have tags', async () => {
    const { tags } = await people.rasmus.tags.listTags({ parent: communities['Lark Owners'].name });
    const counts = Object.fromEntries(tags.map(({ tag, topicCount }) => [tag, topicCount]));
    assert.deepEqual([counts.lark, counts.door, counts.steam], [2, 2, 1]);
  });

  test('Rasmus is mentioned, as everybody is, and whoever keeps order', async () => {
    const { mentions } = await people.rasmus.mentions.listMyMentions({ communities:
        [communities['Lark Owners'].name, communities['The Whole House'].name] });
    assert.deepEqual(mentions.map(({ kind }) => kind).toSorted(),
        [MentionKind.MEMBER, MentionKind.EVERYONE]);
    const ilse = await demoMember('Ilse Vandamme');
    const { mentions: hers } = await ilse.mentions.listMyMentions(
        { communities: [communities['Lark Owners'].name] });
    assert.ok(hers.some(({ kind }) => kind === MentionKind.MODERATORS));
  });

  test('what Rasmus asked again is found by its old name, from the draft that he keeps',
      async () => {
        const { drafts: [draft] } = await people.rasmus.drafts.listDrafts({});
        const topic = await people.rasmus.discussions.getTopic({ name: draft.place });
        assert.notEqual(topic.name, draft.place);
        assert.equal(topic.title, 'E12 although the door is shut');
      });

  test('a post has become a topic, and is found where it stood', async () => {
    const van = await topicIn(people.rasmus, 'Field Service',
        'What is in your van that is not on the list?');
    const notebook = await topicIn(people.rasmus, 'Field Service',
        'A page for each bakery: the notebook');
    const post = await people.rasmus.discussions.getPost({ name: `${van.name}/posts/7` });
    assert.ok(post.name.startsWith(`${notebook.name}/`));
  });

  test('Ilse quotes two posts, of which one has been edited since', async () => {
    const topic = await topicIn(people.rasmus, 'Lark Owners', 'Steam: how many seconds, really?');
    const { posts } = await people.rasmus.discussions.listPosts({ parent: topic.name });
    const { quotes } = posts.find((post) => post.quotes.length > 0);
    assert.deepEqual(quotes.map(({ postNumber }) => postNumber), [3, 2]);
    const [bet, edited] = [quotes[0].text, posts.find(({ number }) => number === 3)];
    assert.match(bet, /I would bet on 1\.8\.$/);
    assert.ok(edited.editTime && !edited.markdown.includes(bet));
    const { revisions } = await people.rasmus.history.listRevisions({ parent: edited.name });
    assert.ok(revisions.some(({ markdown }) => markdown.includes('I would bet on 1.8.')));
  });

  test('Rasmus has bookmarks, and a topic that he left half read', async () => {
    const { bookmarks } = await people.rasmus.bookmarks.listBookmarks({});
    assert.equal(bookmarks.length, 2);
    const { name } = await topicIn(people.rasmus, 'Controls and Firmware',
        "RS-485 dies whenever the neighbour's dough mixer starts");
    const { readStates: [state] } =
        await people.rasmus.discussions.batchGetReadStates({ topics: [name] });
    assert.deepEqual([state.lastReadNumber, state.unreadCount], [2, 5]);
  });

  test('Marit has begun an announcement', async () => {
    const { drafts } = await people.marit.drafts.listDrafts({});
    assert.ok(drafts.some(({ title }) => title === 'Who builds the first Wren without a fan'));
  });

  test('a flag waits for who keeps order, another was dismissed with a word', async () => {
    const { reviews: [review] } = await people.wanjiru.flags.listReviews(
        { parent: communities['Field Service'].name });
    assert.deepEqual(review.flags.map(({ kind }) => kind), [FlagKind.CONFIDENTIAL]);
    const { flags: [mine] } = await people.noor.flags.listMyFlags({});
    assert.equal(mine.outcome, FlagOutcome.DISMISSED);
    assert.match(mine.note, /^It is advice/);
  });

  test('Kofi is muted and told why', async () => {
    const { mutes: [mute] } = await people.kofi.mutes.listMyMutes({});
    assert.match(mute.reason, /^Fourteen photographs of one loaf/);
  });

  test('the move into Hall 4 is archived: read, and not written in', async () => {
    assert.equal(communities['Moving into Hall 4'].archived, true);
    const topic = await topicIn(people.rasmus, 'Moving into Hall 4', 'Who moves when');
    await assertRefused(people.rasmus.discussions.createPost({ parent: topic.name,
      post: { markdown: 'Again?' }, requestId: randomUUID() }), Code.PermissionDenied,
    'COMMUNITY_ARCHIVED');
  });

  test('loaded once more, it is as it was', async () => {
    const there = async () => [
      (await people.rasmus.feed.listFeed({ communities: Object.values(communities)
          .map(({ name }) => name), pageSize: 50 })).topics.map(({ name, etag }) => [name, etag]),
      (await people.rasmus.drafts.listDrafts({})).drafts,
      (await people.kofi.mutes.listMyMutes({})).mutes,
      (await people.noor.flags.listMyFlags({})).flags,
    ];
    const before = await there();
    await stack.seed();
    assert.deepEqual(await there(), before);
  });
});
