import { Cell } from './faults/cell';
import { crashSuite } from './faults/crash';
import { Limiter } from './faults/limiter';
import { RestartableHost } from './faults/restartableHost';
import { EnvironmentPool } from './faults/environment';
import { placesFor, type Row } from './faults/rows';
import { againRows } from './faults/rows/again';
import { callbackRows, lostCallbackRows } from './faults/rows/callbacks';
import { chainRows } from './faults/rows/chains';
import { createRows, slowCreateRows } from './faults/rows/creates';
import { keyRows } from './faults/rows/keys';
import { longQueryRows, queryRows } from './faults/rows/queries';
import { manyRows } from './faults/rows/many';
import { newerApiRows } from './faults/rows/newerApis';
import { suspendedRows } from './faults/rows/suspended';
import { taskRows } from './faults/rows/tasks';

const START_MS = 180_000;
/** Among them are those that wait until other heavy ones are over. */
const CELL_MS = 600_000;

/** Those that wait longest come first, since all of them run side by side. */
const ROWS: Row[] = [
	...slowCreateRows,
	...lostCallbackRows,
	...longQueryRows,
	...manyRows,
	...createRows,
	...queryRows,
	...taskRows,
	...callbackRows,
	...keyRows,
	...againRows,
	...suspendedRows,
	...chainRows,
	...newerApiRows,
];

const CELLS = ROWS.flatMap((row, index) =>
	placesFor(row, index).map(({ title, mode }) => ({
		name: `${row.name} · ${title} · ${mode}`,
		row,
		title,
		mode,
	})),
);

/** What goes wrong, at every service where it can: the right items come out, and nothing is paid for twice. */
describe('in a real n8n', () => {
	let host: RestartableHost;
	let environments: EnvironmentPool;

	beforeAll(async () => {
		host = await RestartableHost.start();
		environments = new EnvironmentPool(host);
	}, START_MS);
	afterAll(async () => {
		await (environments as EnvironmentPool | undefined)?.stop();
		await (host as RestartableHost | undefined)?.stop();
	});

	const heavy = new Limiter(2);

	describe('faults', () => {
		it.concurrent.each(CELLS)(
			'$name',
			async ({ row, title, mode }) => {
				const act = async () => {
					const environment = await environments.acquire(title, row.simulator?.());
					await row.check(new Cell(environment, mode));
					// A key that was sent to the host of the files.
					expect(environment.simulator.ledger.leaks).toEqual([]);
					if (!row.simulator) environments.release(environment);
				};
				await (row.heavy ? heavy.run(act) : act());
			},
			CELL_MS,
		);
	});

	crashSuite(
		() => environments,
		async (meanwhile) => await host.crash(meanwhile),
	);
});
