/** The checks of one n8n: that which N8N_UNDER_TEST names. test/versions/index.ts runs this for each version. */
import { EnvironmentPool } from '../e2e/faults/environment';
import { RestartableHost } from '../e2e/faults/restartableHost';
import { n8nVersion } from '../e2e/lib';
import { startWorld } from '../e2e/world';
import { type CrashCheck, type Under, noteOf } from './check';
import { CHECKS, CRASH_CHECKS } from './checks';

const START_MS = 240_000;
const CRASH_MS = 400_000;
const CHECK_MS = 400_000;

describe(`n8n ${n8nVersion()}`, () => {
	let host: RestartableHost | undefined;
	let environments: EnvironmentPool | undefined;
	const under = (): Under => ({ host: host!, environments: environments! });

	beforeAll(async () => {
		host = RestartableHost.of(await startWorld({ placed: true }));
		environments = new EnvironmentPool(host);
	}, START_MS);
	afterAll(async () => {
		await environments?.stop();
		await host?.stop();
	});

	describe('running', () => {
		it.concurrent.each(CHECKS)(
			'$name',
			async (check) => {
				await check.run(under());
			},
			CHECK_MS,
		);
	});

	describe('killed and started again', () => {
		const started = new Map<CrashCheck, unknown>();

		beforeAll(async () => {
			const starting = CRASH_CHECKS.map(async (check) =>
				started.set(check, await check.start(under())),
			);
			await Promise.all(starting);
			await host!.crash(async () => undefined);
		}, CRASH_MS);

		it.concurrent.each(CRASH_CHECKS)(
			'$name',
			async (check) => {
				const { run } = noteOf(check, n8nVersion()) ? check.older! : check;
				await run(under(), started.get(check));
			},
			CHECK_MS,
		);
	});
});
