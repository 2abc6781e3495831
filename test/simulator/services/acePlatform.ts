import { randomUUID } from 'node:crypto';
import type { Account } from '../accounts';
import { bearerToken } from '../auth';
import { describeAuthorization } from '../ledger';
import { partsOfForm, type FormPart } from '../multipart';
import type { Answer, ApiRequest } from '../types';
import { uploadUrl } from '../uploads';
import type { World } from '../world';

const PREFIX = '/api/v1/';

/**
 * The platform of Ace Data Cloud: another host there, a prefix here. Its tokens are not those of the API. It speaks as Django
 * does. Undefined for what belongs to the API.
 */
export function acePlatform(world: World, request: ApiRequest): Answer | undefined {
	if (!request.path.startsWith(PREFIX)) return undefined;
	const { authorization } = request.headers;
	if (authorization === undefined) {
		return detail(401, 'Authentication credentials were not provided.');
	}
	const token = bearerToken(request.headers) ?? '';
	const account = world.accounts.byPlatformToken(token);
	if (!account) {
		// The key of the API has no business here.
		if (world.accounts.byApiKey('aceData', token)) {
			const time = world.clock.now();
			const kind = describeAuthorization(authorization);
			world.ledger.leaks.push({ time, path: request.path, authorization: kind });
		}
		return detail(401, 'Invalid token.');
	}
	switch (`${request.method} ${request.path}`) {
		case 'POST /api/v1/files/':
			return upload(world, request, account);
		case 'GET /api/v1/applications/':
			return applications(account);
		default:
			return detail(404, 'Not found.');
	}
}

function detail(status: number, text: string): Answer {
	return { status, json: { detail: text } };
}

function upload(world: World, request: ApiRequest, account: Account): Answer {
	const { bytes = Buffer.alloc(0), headers } = request;
	const parts = partsOfForm(headers['content-type'] ?? '', bytes);
	if (!parts) return detail(400, 'Multipart form parse error');
	const [file, ...more] = parts;
	if (file?.name !== 'file' || file.fileName === undefined || more.length > 0) {
		return { status: 400, json: { file: ['No file was submitted.'] } };
	}
	if (file.bytes.length === 0) {
		return { status: 400, json: { file: ['The submitted file is empty.'] } };
	}
	const { largestUploadBytes = Infinity } = world.settings;
	if (file.bytes.length > largestUploadBytes) return detail(413, 'Request Entity Too Large');
	return { status: 201, json: { file_url: keep(world, account, file) } };
}

function keep(world: World, account: Account, file: FormPart): string {
	const { fileName = '', contentType, bytes } = file;
	const extension = /\.\w+$/.exec(fileName)?.[0] ?? '';
	const name = `${randomUUID()}${extension}`;
	// A copy: the part is a piece of the whole request.
	world.uploads.set(name, { contentType, bytes: Buffer.from(bytes) });
	const url = uploadUrl(world.cdnUrl, name);
	const time = world.clock.now();
	const size = bytes.length;
	world.ledger.uploads.push({ time, account: account.name, fileName, contentType, size, url });
	return url;
}

/** One for the whole of Kling, in credits. */
function applications({ name, balance }: Account): Answer {
	const item = {
		id: `sim-application-${name}`,
		type: 'Usage',
		service_id: '3369e077-2500-4263-86c7-cae0f0e7e843',
		remaining_amount: balance,
		used_amount: 0,
		created_at: '2026-01-01T00:00:00Z',
	};
	return { status: 200, json: { count: 1, items: [item] } };
}
