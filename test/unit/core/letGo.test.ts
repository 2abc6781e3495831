/** A request may hold pictures of 10 MB each: it is let go as soon as its create was answered. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { parseRequest } from '../../../nodes/shared/core/requests';
import type { RequestView } from '../../../nodes/shared/core/requests';
import type { KlingClient } from '../../../nodes/shared/tasks/client';
import type { Job } from '../../../nodes/shared/tasks/job';
import { runJobs } from '../../../nodes/shared/tasks/runJobs';
import type { RunContext } from '../../../nodes/shared/tasks/runJobs';
import { nothingKept, noSlot, options, refused, task } from './play';
import { provider } from './support';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Runs jobs for these prompts, without keeping them; `reachable` are the prompts of the requests that somebody still keeps.
 */
function run(prompts: readonly string[], context: RunContext) {
	const jobs = prompts.map((prompt) => {
		const request = parseRequest({ kind: 'text2video', model_name: prompt, prompt });
		return { request, initialDelayMs: 30_000, kept: nothingKept } satisfies Job;
	});
	const refs = jobs.map(({ request }) => new WeakRef<RequestView>(request));
	return {
		results: runJobs(jobs, { ...options, stopAtError: false }, context),
		reachable: () => refs.flatMap((ref) => ref.deref()?.prompt ?? []),
	};
}

it('requests that were answered for good cannot be reached while tasks are waited for', async () => {
	const seen: string[][] = [];
	let creates = 0;
	let now = 0;
	const client = {
		provider: provider('relay'),
		async create({ prompt = '' }: RequestView) {
			creates += 1;
			if (prompt === 'refused') throw refused;
			if (prompt === 'waits for a slot' && creates === 3) throw noSlot;
			return task(prompt, 'processing');
		},
		getMany: async (refs: Array<{ id: string }>) =>
			new Map(refs.map(({ id }) => [id, task(id, 'succeed')])),
	} as unknown as KlingClient;
	const clock = {
		now: () => now,
		async sleep(ms: number) {
			now += ms;
			await new Promise((resolve) => setImmediate(resolve));
			collectGarbage();
			seen.push(reachable());
		},
	};
	const prompts = ['made', 'refused', 'waits for a slot'];
	const { reachable, ...rest } = run(prompts, { client, clock });
	const results = await rest.results;
	expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
	expect(seen[0]).toEqual(['waits for a slot']);
	expect(seen.slice(1).flat()).toEqual([]);
	expect(seen.length).toBeGreaterThan(1);
});
