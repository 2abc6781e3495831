import { Cell } from './faults/cell';
import { crashSuite } from './faults/crash';
import { Lanes } from './faults/lanes';
import { OwnHost } from './faults/ownHost';
import { Places } from './faults/place';
import { type Row, SERVICES } from './faults/rows';
import { againRows } from './faults/rows/again';
import { callbackRows, lostCallbackRows } from './faults/rows/callbacks';
import { createRows, slowCreateRows } from './faults/rows/creates';
import { keyRows } from './faults/rows/keys';
import { longLookRows, lookRows } from './faults/rows/looks';
import { manyRows } from './faults/rows/many';
import { suspendedRows } from './faults/rows/suspended';
import { taskRows } from './faults/rows/tasks';

const START_MS = 180_000;
/** Among them are those that wait until other heavy ones are over. */
const CELL_MS = 600_000;

/** Those that wait longest come first, since all of them run side by side. */
const ROWS: Row[] = [
	...slowCreateRows,
	...lostCallbackRows,
	...longLookRows,
	...manyRows,
	...createRows,
	...lookRows,
	...taskRows,
	...callbackRows,
	...keyRows,
	...againRows,
	...suspendedRows,
];

const CELLS = ROWS.flatMap((row) =>
	(row.titles ?? SERVICES).flatMap((title) =>
		(row.modes ?? (['poll', 'suspend'] as const)).map((mode) => ({
			name: `${row.name} · ${title} · ${mode}`,
			row,
			title,
			mode,
		})),
	),
);

/** What goes wrong, at every service where it can: the right items come out, and nothing is paid for twice. */
describe('in a real n8n', () => {
	let host: OwnHost;
	let places: Places;

	beforeAll(async () => {
		host = await OwnHost.start();
		places = new Places(host);
	}, START_MS);
	afterAll(async () => {
		await (places as Places | undefined)?.stop();
		await (host as OwnHost | undefined)?.stop();
	});

	const heavy = new Lanes(2);

	describe('faults', () => {
		it.concurrent.each(CELLS)(
			'$name',
			async ({ row, title, mode }) => {
				const act = async () => {
					const place = await places.take(title, row.simulator?.());
					await row.check(new Cell(place, mode));
					// A key that was sent to the host of the files.
					expect(place.simulator.ledger.leaks).toEqual([]);
					if (!row.simulator) places.giveBack(place);
				};
				await (row.heavy ? heavy.run(act) : act());
			},
			CELL_MS,
		);
	});

	crashSuite(
		() => places,
		async (meanwhile) => await host.crash(meanwhile),
	);
});
