/** How long a file on the web is, as far as its host can be believed. */
import { readHead } from '../../nodes/shared/n8n/readHead';
import type { Link } from '../../nodes/shared/n8n/openLink';

const BYTES = Buffer.alloc(300 * 1024, 7);

function linkTo(headers: Record<string, string>, body: Buffer): Link {
	const response = { statusCode: 200, headers, body };
	return {
		context: { helpers: { httpRequest: async () => await Promise.resolve(response) } },
		connection: { baseUrl: 'https://api.example.com' },
	} as unknown as Link;
}

it.each<[string, Record<string, string>, number | undefined]>([
	['told', { 'content-length': '9000000' }, 9_000_000],
	['told of plain bytes', { 'content-length': '9', 'content-encoding': 'identity' }, 9],
	['that of packed bytes', { 'content-length': '9', 'content-encoding': 'gzip' }, undefined],
	['not told', {}, undefined],
])('the length is %s', async (_what, headers, total) => {
	const head = await readHead(linkTo(headers, BYTES), 'https://files.test/voice.mp3');
	expect(head?.total).toBe(total);
	expect(head?.bytes).toHaveLength(256 * 1024);
});

it('the length of what is there whole needs no telling', async () => {
	const link = linkTo({ 'content-length': '9', 'content-encoding': 'gzip' }, BYTES.subarray(0, 99));
	expect((await readHead(link, 'https://files.test/voice.mp3'))?.total).toBe(99);
});
