import { Ledger } from '../../simulator/ledger';
import { ledgerPage } from '../../simulator/ledgerPage';
import { FACES, HELLO, TTS } from './speaking';
import { GOOD_BODY, startWithClient, TEXT2VIDEO, type Caller } from './support';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

/** The table's rows, each a list of its cells' texts. */
function rowsOf(page: string): string[][] {
	const rows = /<tbody>([^]*)<\/tbody>/.exec(page)?.[1]?.match(/<tr.*<\/tr>/g) ?? [];
	return rows.map((row) =>
		[...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, text]) => text ?? ''),
	);
}

describe('the ledger as a page', () => {
	let caller: Caller;
	beforeAll(async () => {
		caller = await startWithClient();
	});
	afterEach(() => caller.sim.reset());
	afterAll(async () => await caller.sim.stop());

	const page = async () =>
		await (await fetch(`${caller.sim.controlUrl}/ledger`, { headers: { accept: BROWSER } })).text();

	it('is what a browser gets, while programs get JSON', async () => {
		const typeOf = async (path: string, headers: Record<string, string> = {}) =>
			(await fetch(caller.sim.controlUrl + path, { headers })).headers.get('content-type');
		expect(await typeOf('/ledger')).toMatch(/json/);
		expect(await typeOf('/ledger', { accept: BROWSER })).toMatch(/html/);
		expect(await typeOf('/ledger.html')).toMatch(/html/);
		expect(await typeOf('/ledger.json', { accept: BROWSER })).toMatch(/json/);
	});

	it('lists requests newest first, and the charge at the one that made the task', async () => {
		const { data } = await caller.post('klingGlobal', TEXT2VIDEO, GOOD_BODY);
		const id = String(data.task_id);
		caller.clock.advance(1000);
		await caller.get('klingGlobal', `${TEXT2VIDEO}/${id}`);
		const [{ units } = { units: 0 }] = caller.sim.ledger.charges;
		const { model_name: model } = GOOD_BODY as { model_name?: string };

		const told = await page();
		expect(rowsOf(told).map(([, ...cells]) => cells)).toEqual([
			['klingGlobal', `GET ${TEXT2VIDEO}/${id}`, 'videos/text2video', '', '', '200', id],
			[
				...['klingGlobal', `POST ${TEXT2VIDEO}`, 'videos/text2video'],
				...[model ?? '', String(units), '200', id],
			],
		]);
		expect(told).toContain(`Tasks made: 1, units charged: ${units}`);
	});

	it('counts calls that are answered at once beside the tasks', async () => {
		await caller.post('klingGlobal', TEXT2VIDEO, GOOD_BODY);
		const [{ units } = { units: 0 }] = caller.sim.ledger.charges;
		const { data } = await caller.post('klingGlobal', TTS, HELLO);
		await caller.post('klingGlobal', FACES, { video_url: 'https://example.com/a.mp4' });

		const told = await page();
		const sum = Number((units + 0.1).toFixed(2));
		expect(told).toContain(`Tasks made: 1, calls answered at once: 2, units charged: ${sum}<`);
		expect(rowsOf(told)[1]?.slice(1)).toEqual([
			...['klingGlobal', `POST ${TTS}`, 'audio/tts', '', '0.05', '200', data.task_id],
		]);
	});

	it('says what was given back, and what failed', async () => {
		const body = { ...GOOD_BODY, prompt: 'A boat [fail]' };
		const { data } = await caller.post('klingGlobal', TEXT2VIDEO, body);
		caller.clock.advance(60_000);
		await caller.get('klingGlobal', `${TEXT2VIDEO}/${String(data.task_id)}`);
		await caller.post('klingGlobal', TEXT2VIDEO, GOOD_BODY, 'nobody');
		const told = await page();
		expect(told).toMatch(/\d \(given back\)/);
		expect(told).toContain('<td class="bad">401</td>');
	});

	it('loads nothing from elsewhere', async () => {
		await caller.post('klingGlobal', TEXT2VIDEO, GOOD_BODY);
		expect(await page()).not.toMatch(/src=|url\(|@import|<script|<link|https?:/);
	});

	it('shows what somebody sent as text, never as HTML', async () => {
		const evil = `<script>alert("1")</script>'&`;
		await caller.post('klingGlobal', '/v1/<img>', { model_name: evil });
		const ledger = new Ledger();
		const told = { service: 'klingGlobal', taskStatus: evil, url: `http://127.0.0.1/${evil}?a` };
		const rest = { time: 0, taskId: evil, headers: {}, rawBody: '', status: 0, error: evil };
		ledger.callbacks.push({ ...told, ...rest } as (typeof ledger.callbacks)[number]);
		const names = '(html|meta|title|style|h1|p|strong|a|table|thead|tbody|tr|th|td|span|!doctype)';
		for (const html of [await page(), ledgerPage(ledger)]) {
			expect(html.replace(new RegExp(`</?${names}[ >]`, 'g'), '')).not.toContain('<');
			expect(html).toContain('&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;&#39;&#38;');
		}
	});

	it('keeps the query of a callback address to itself', () => {
		const ledger = new Ledger();
		ledger.callbacks.push({
			time: 0,
			service: 'klingGlobal',
			taskId: '1',
			url: 'http://127.0.0.1:5678/webhook/kling?token=secret',
			headers: {},
			rawBody: '',
			taskStatus: 'succeed',
			status: 200,
		});
		expect(ledgerPage(ledger)).not.toContain('secret');
		expect(rowsOf(ledgerPage(ledger))[0]?.[2]).toBe(
			'callback (succeed) to http://127.0.0.1:5678/webhook/kling',
		);
	});

	it('stays small however long the simulator runs', () => {
		const ledger = new Ledger();
		for (let time = 1; time <= 3000; time += 1) {
			ledger.downloads.push({ time, method: 'GET', path: `/${time}`, status: 200, bytes: 1 });
		}
		const told = ledgerPage(ledger);
		expect(told).toContain('The newest 500 of 3000.');
		expect(rowsOf(told)[0]?.[2]).toBe('GET /3000');
		expect(told.length).toBeLessThan(100_000);
	});
});
