import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultAction } from './faults';
import { makerOf } from './answered';
import { describeAuthorization, type DownloadEntry } from './ledger';
import { isLinkValid, parseResultPath, resultFile } from './links';
import { FileSource } from './media';
import { send } from './server';
import type { Answer } from './types';
import { uploadIn } from './uploads';
import type { World } from './world';

interface ByteRange {
	start: number;
	/** Not included. */
	end: number;
}

/** Serves one result file, as a strict CDN would. */
export async function handleDownload(
	world: World,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const url = new URL(request.url ?? '/', 'http://cdn');
	const method = request.method ?? 'GET';
	const name = parseResultPath(url.pathname);
	const entry: DownloadEntry = {
		time: world.clock.now(),
		method,
		path: url.pathname,
		taskId: name?.taskId,
		range: request.headers.range,
		status: 0,
		bytes: 0,
	};
	world.ledger.downloads.push(entry);
	const fault = world.faults.take({ channel: 'cdn', service: 'cdn', method, path: url.pathname });
	if (fault?.kind === 'dropBefore') {
		response.destroy();
		return;
	}
	if (fault?.kind === 'delay') await sleep(fault.ms, undefined, { ref: false });
	const refused = (fault && answerInstead(fault)) ?? refusal(world, request, url);
	const upload = world.uploads.get(uploadIn(url.pathname) ?? '');
	if (!refused && upload) {
		const file = new FileSource(upload.contentType, [upload.bytes]);
		await sendFile(request, response, { file, entry, cutOff: fault?.kind === 'cutOff' });
		return;
	}
	if (refused || !name) {
		const answer = refused ?? page(404, 'Not Found');
		entry.status = answer.status;
		send(response, answer);
		return;
	}
	const { videoPaddingBytes } = world.settings;
	const seconds = makerOf(world, name.taskId)?.seconds;
	const file = resultFile(name, { videoPaddingBytes, seconds });
	await sendFile(request, response, { file, entry, cutOff: fault?.kind === 'cutOff' });
}

function answerInstead(fault: FaultAction): Answer | undefined {
	switch (fault.kind) {
		case 'status':
			return { status: fault.status, text: typeof fault.body === 'string' ? fault.body : '' };
		case 'html':
			return page(fault.status ?? 502, '<html><body>Bad Gateway</body></html>');
		case 'empty':
			return { status: fault.status ?? 200, text: '' };
		case 'wrongType':
			return page(200, '<html><body>Please enable JavaScript to continue</body></html>');
		default:
			return undefined;
	}
}

function refusal(world: World, request: IncomingMessage, url: URL): Answer | undefined {
	const { authorization } = request.headers;
	if (authorization !== undefined) {
		world.ledger.leaks.push({
			time: world.clock.now(),
			path: url.pathname,
			authorization: describeAuthorization(authorization),
		});
		return page(400, 'InvalidArgument: Only one auth mechanism allowed');
	}
	if (!['GET', 'HEAD'].includes(request.method ?? '')) return page(405, 'Method Not Allowed');
	const upload = uploadIn(url.pathname);
	if (upload !== undefined) return world.uploads.has(upload) ? undefined : page(404, 'Not Found');
	const name = parseResultPath(url.pathname);
	if (!name) return page(404, 'Not Found');
	if (!isLinkValid(url.pathname, url.searchParams, world.clock.now())) {
		return page(403, 'AccessDenied: Request has expired');
	}
	if (isForeign(request.headers.referer)) return page(403, 'AccessDenied: Hotlink protection');
	return makerOf(world, name.taskId) ? undefined : page(404, 'Not Found');
}

/** Pages of others may not show the files. */
function isForeign(referer: string | undefined): boolean {
	if (!referer) return false;
	return !URL.canParse(referer) || !/(^|\.)kling(ai)?\.(ai|com)$/.test(new URL(referer).hostname);
}

async function sendFile(
	request: IncomingMessage,
	response: ServerResponse,
	sending: { file: FileSource; entry: DownloadEntry; cutOff: boolean },
): Promise<void> {
	const { file, entry, cutOff } = sending;
	const range = parseRange(request.headers.range, file.length);
	if (range === 'unsatisfiable') {
		entry.status = 416;
		send(response, { status: 416, headers: { 'content-range': `bytes */${file.length}` } });
		return;
	}
	const { start, end } = range ?? { start: 0, end: file.length };
	entry.status = range ? 206 : 200;
	response.writeHead(entry.status, {
		'content-type': file.contentType,
		'content-length': end - start,
		'accept-ranges': 'bytes',
		...(range ? { 'content-range': `bytes ${start}-${end - 1}/${file.length}` } : {}),
	});
	if (request.method === 'HEAD') {
		response.end();
		return;
	}
	const stop = cutOff ? start + Math.floor((end - start) / 2) : end;
	entry.bytes = stop - start;
	const body = Readable.from(file.read(start, stop));
	// Whoever hangs up in the middle has had enough; that is not an error here.
	await pipeline(body, response, { end: !cutOff }).catch(() => undefined);
	if (cutOff) response.destroy();
}

/** The one range asked for; undefined when there is none or one we may ignore. */
function parseRange(
	header: string | undefined,
	length: number,
): ByteRange | 'unsatisfiable' | undefined {
	const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
	if (!match || (match[1] === '' && match[2] === '')) return undefined;
	if (match[1] === '') return { start: Math.max(length - Number(match[2]), 0), end: length };
	const start = Number(match[1]);
	const end = match[2] === '' ? length : Math.min(Number(match[2]) + 1, length);
	return start < end ? { start, end } : 'unsatisfiable';
}

function page(status: number, text: string): Answer {
	return { status, headers: { 'content-type': 'text/html' }, text };
}
