/** The ledger as a page for people: what was asked, what it cost, newest first. */
import type { CallbackEntry, DownloadEntry, LedgerEntries, RequestEntry } from './ledger';
import { isCall } from './types';
import { isObject } from './validate/fields';

const MOST_ROWS = 500;

const HEADINGS = [
	'Time',
	'Service',
	'Request',
	'Kind',
	'Model',
	'Units charged',
	'Status',
	'Task ID',
];

const STYLE = `
body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem; color: #222; background: #fff }
table { border-collapse: collapse }
th, td { padding: .2rem .7rem; text-align: left; border-bottom: 1px solid #ddd; vertical-align: top }
th { position: sticky; top: 0; background: #eee }
.request { overflow-wrap: anywhere }
.charge td { background: #fff6d6 }
.bad { color: #b00020 }`;

/** Allows the page its own style and nothing else, should a text ever get past `escaped`. */
export const LEDGER_PAGE_HEADERS = {
	'content-type': 'text/html; charset=utf-8',
	'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
};

interface Row {
	time: number;
	service: string;
	request: string;
	kind?: string;
	model?: string;
	units?: string;
	status: string;
	bad: boolean;
	taskId?: string;
}

/** @returns an HTML document that loads nothing */
export function ledgerPage(ledger: LedgerEntries): string {
	// Reversed first, since of two at the same time the later one was noted last.
	const rows = [
		...requestRows(ledger),
		...ledger.downloads.map(downloadRow),
		...ledger.callbacks.map(callbackRow),
	]
		.reverse()
		.sort((a, b) => b.time - a.time);
	const shown = rows.slice(0, MOST_ROWS);
	const more = rows.length > shown.length ? `The newest ${shown.length} of ${rows.length}. ` : '';
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Kling simulator: ledger</title>
<style>${STYLE}
</style>
<h1>Ledger of the Kling simulator</h1>
<p>${totals(ledger).join(' · ')}</p>
<p>${more}Reload for news. The same with all headers and bodies: <a href="/ledger.json">as JSON</a>.</p>
<table>
<thead><tr>${HEADINGS.map((heading) => `<th>${heading}</th>`).join('')}</tr></thead>
<tbody>
${shown.map(rowHtml).join('\n')}
</tbody>
</table>
</html>
`;
}

function totals({
	requests,
	charges,
	refunds,
	downloads,
	callbacks,
	leaks,
}: LedgerEntries): string[] {
	// Hundredths of a unit do not add up exactly.
	const units = (entries: ReadonlyArray<{ units: number }>) =>
		Number(entries.reduce((sum, entry) => sum + entry.units, 0).toFixed(2));
	const calls = charges.filter(({ kind }) => isCall(kind)).length;
	const made = [
		`Tasks made: ${charges.length - calls}`,
		...(calls > 0 ? [`calls answered at once: ${calls}`] : []),
		`units charged: ${units(charges)}`,
	];
	const bought = `<strong>${made.join(', ')}</strong>`;
	return [
		bought,
		`given back for failed tasks: ${units(refunds)}`,
		`requests: ${requests.length}`,
		`downloads: ${downloads.length}`,
		`callbacks: ${callbacks.length}`,
		...(leaks.length > 0
			? [`<span class="bad">keys sent to the wrong host: ${leaks.length}</span>`]
			: []),
	];
}

function requestRows({ requests, charges, refunds }: LedgerEntries): Row[] {
	const unpaid = new Map(charges.map((charge) => [charge.taskId, charge]));
	const kinds = new Map(charges.map(({ taskId, kind }) => [taskId, kind]));
	const givenBack = new Set(refunds.map(({ taskId }) => taskId));
	return requests.map((request) => {
		const { time, service, taskId = '' } = request;
		// The first request that names a task is the one that made it.
		const charge = unpaid.get(taskId);
		unpaid.delete(taskId);
		return {
			time,
			service,
			request: `${request.method} ${request.path}`,
			kind: kinds.get(taskId),
			model: modelOf(request),
			units: charge && `${charge.units}${givenBack.has(taskId) ? ' (given back)' : ''}`,
			...statusOf(request),
			taskId,
		};
	});
}

function modelOf({ body }: RequestEntry): string | undefined {
	if (!isObject(body)) return undefined;
	const model = body.model_name ?? body.model;
	return typeof model === 'string' ? model : undefined;
}

function downloadRow(download: DownloadEntry): Row {
	const { time, method, path, taskId } = download;
	return { time, service: 'cdn', request: `${method} ${path}`, ...statusOf(download), taskId };
}

function callbackRow(callback: CallbackEntry): Row {
	const { time, service, taskId, url, taskStatus, refused, error } = callback;
	// What follows in an address may be a secret of the receiver.
	const [address = ''] = url.split('?');
	return {
		time,
		service,
		request: `callback (${taskStatus}) to ${address}`,
		...(refused === undefined
			? statusOf(callback, error)
			: { status: `not sent: ${refused}`, bad: true }),
		taskId,
	};
}

function statusOf({ status }: { status: number }, error?: string): Pick<Row, 'status' | 'bad'> {
	const bad = status < 200 || status > 299;
	return { status: status === 0 ? (error ?? 'no answer') : String(status), bad };
}

function rowHtml({ time, service, request, kind, model, units, status, bad, taskId }: Row): string {
	const date = new Date(time);
	const cells = [
		`<td title="${date.toISOString()}">${date.toLocaleTimeString('en-GB')}</td>`,
		cell(service),
		cell(request, 'request'),
		cell(kind),
		cell(model),
		cell(units),
		cell(status, bad ? 'bad' : undefined),
		cell(taskId),
	];
	return `<tr${units === undefined ? '' : ' class="charge"'}>${cells.join('')}</tr>`;
}

function cell(text = '', name?: string): string {
	return `<td${name ? ` class="${name}"` : ''}>${escaped(text)}</td>`;
}

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
