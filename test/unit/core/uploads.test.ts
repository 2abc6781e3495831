/** What stands for files in requests, and when they are uploaded. */
import { KlingError } from '../../../nodes/shared/core/errors';
import { RawInteger } from '../../../nodes/shared/core/json';
import { standInFor, standInsIn, withAddresses } from '../../../nodes/shared/core/standIn';
import type { FileBody } from '../../../nodes/shared/providers';
import { unreachable } from '../../../nodes/shared/tasks/http';
import { createUploads } from '../../../nodes/shared/tasks/uploads';

const FOX = 'f'.repeat(64);
const OWL = '0'.repeat(64);

function file(sha256: string): FileBody {
	const open = async () => await Promise.resolve(Buffer.from(sha256));
	return { sha256, name: 'a.png', type: 'image/png', size: 64, open };
}

/** A service that answers each upload with another address, or with the next of these errors. */
function service(...errors: KlingError[]) {
	const sent: string[] = [];
	const call = async (_name: string, { sha256 }: FileBody) => {
		sent.push(sha256);
		const error = errors.shift();
		if (error) throw error;
		return await Promise.resolve({ url: `https://cdn.example.com/${sent.length}`, raw: {} });
	};
	return { sent, client: { call } as unknown as Parameters<typeof createUploads>[0] };
}

const go = () => undefined;

describe('a stand-in', () => {
	it('is found at any depth, once, and nothing else changes', () => {
		const id = new RawInteger('829836802793406551');
		const [fox, owl] = [standInFor(FOX), standInFor(OWL)];
		const request = { a: fox, list: [{ b: owl, c: id }, fox, 7, null, undefined], d: `${fox}?` };
		expect(standInsIn(request)).toEqual([fox, owl]);
		const made = withAddresses(request, new Map([[fox, 'https://x.io/1']]));
		expect(made).toEqual({
			...request,
			a: 'https://x.io/1',
			list: [{ b: owl, c: id }, 'https://x.io/1', 7, null, undefined],
		});
		expect((made.list[0] as { c: unknown }).c).toBe(id);
		expect(request.a).toBe(fox);
	});

	it('is an address at which nobody can ever be found', () => {
		expect(new URL(standInFor(FOX)).hostname).toMatch(/\.invalid$/);
	});
});

describe('the uploads of a run', () => {
	it('happen when a request is completed, and not before', async () => {
		const { sent, client } = service();
		const uploads = createUploads(client);
		const request = { image: uploads.keep(file(FOX)), prompt: 'x' };
		expect(sent).toEqual([]);
		expect(await uploads.complete(request, go)).toEqual({
			image: 'https://cdn.example.com/1',
			prompt: 'x',
		});
	});

	it('happen once for each content, whoever asks', async () => {
		const { sent, client } = service();
		const uploads = createUploads(client);
		const [one, other] = [uploads.keep(file(FOX)), uploads.keep(file(OWL))];
		await uploads.complete({ one, other }, go);
		const again = uploads.keep(file(FOX));
		expect(await uploads.complete({ again }, go)).toEqual({ again: 'https://cdn.example.com/1' });
		expect(await uploads.send(file(OWL))).toMatchObject({ url: 'https://cdn.example.com/2' });
		expect(sent).toEqual([FOX, OWL]);
	});

	it('are tried anew after a failure, of which nothing was made', async () => {
		const { sent, client } = service(unreachable('Ace', 'https://p', { code: 'ETIMEDOUT' }));
		const uploads = createUploads(client);
		const request = { image: uploads.keep(file(FOX)) };
		const error = await uploads.complete(request, go).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(KlingError);
		expect((error as KlingError).message).toContain('no answer came in time');
		expect((error as KlingError).details).toMatchObject({
			maybeCreated: false,
			advice: expect.stringContaining('nothing was made and nothing was charged') as string,
		});
		expect(await uploads.complete(request, go)).toEqual({ image: 'https://cdn.example.com/2' });
		expect(sent).toEqual([FOX, FOX]);
	});

	it('end where somebody presses Stop', async () => {
		const { sent, client } = service();
		const uploads = createUploads(client);
		const request = { one: uploads.keep(file(FOX)), other: uploads.keep(file(OWL)) };
		const stop = () => {
			if (sent.length > 0) throw new KlingError('stopped', 'Stopped');
		};
		await expect(uploads.complete(request, stop)).rejects.toThrow('Stopped');
		expect(sent).toEqual([FOX]);
	});

	it('refuse what stands for no file', async () => {
		const { sent, client } = service();
		const image = standInFor(FOX);
		await expect(createUploads(client).complete({ image }, go)).rejects.toThrow(
			'no file of this run',
		);
		expect(sent).toEqual([]);
	});
});
