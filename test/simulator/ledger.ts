import { createHash } from 'node:crypto';
import type { DeductionEntry } from './billing';
import type { CallName, JsonValue, ServiceName, TaskKind } from './types';

export interface RequestEntry {
	/** ms since 1970, on the simulator's clock. */
	time: number;
	service: ServiceName;
	method: string;
	path: string;
	query: Record<string, string>;
	/** `authorization` holds kind and fingerprint of the key only. */
	headers: Record<string, string>;
	rawBody: string;
	/** Parsed exactly: whole numbers beyond 2^53 are bigint. */
	body: JsonValue | undefined;
	/** HTTP status sent; 0 as long as none was, or when the connection was dropped. */
	status: number;
	taskId?: string;
}

export interface ChargeEntry {
	time: number;
	service: ServiceName;
	account: string;
	/** Of a call answered at once: the id that its answer tells, of the speech or of the session. */
	taskId: string;
	kind: TaskKind | CallName;
	units: number;
	externalTaskId?: string;
}

export interface CallbackEntry {
	time: number;
	service: ServiceName;
	taskId: string;
	url: string;
	headers: Record<string, string>;
	rawBody: string;
	/** Task status the body tells. */
	taskStatus: string;
	/** HTTP status of the receiver; 0 when there was no answer. */
	status: number;
	/** Not sent at all, and why: an address that is not on this machine, or a fault. */
	refused?: string;
	/** What went wrong while sending. */
	error?: string;
	/** Sent by the forge fault: no such thing happened to the task. */
	forged?: boolean;
}

export interface DownloadEntry {
	time: number;
	method: string;
	path: string;
	taskId?: string;
	range?: string;
	status: number;
	/** Bytes of the body handed to the connection. */
	bytes: number;
}

/** A file that was put on the platform of Ace Data Cloud. */
export interface UploadEntry {
	time: number;
	account: string;
	/** As the sender named it. */
	fileName: string;
	contentType: string;
	/** Bytes. */
	size: number;
	url: string;
}

/** A key that was sent where it does not belong. */
export interface LeakEntry {
	time: number;
	path: string;
	authorization: string;
}

/** What a ledger holds. */
export type LedgerEntries = Pick<
	Ledger,
	'requests' | 'charges' | 'refunds' | 'callbacks' | 'downloads' | 'uploads' | 'leaks'
>;

/** All that was asked of the services, and all that they charged for. */
export class Ledger {
	requests: RequestEntry[] = [];
	/** One entry per task made, failed ones included, and per call answered at once. */
	charges: ChargeEntry[] = [];
	/** What was given back for failed tasks. */
	refunds: ChargeEntry[] = [];
	/** The same as the billing ledgers of official Kling tell it. */
	deductions: DeductionEntry[] = [];
	callbacks: CallbackEntry[] = [];
	downloads: DownloadEntry[] = [];
	uploads: UploadEntry[] = [];
	leaks: LeakEntry[] = [];

	/** The charges for tasks or calls of these kinds, oldest first. */
	chargesFor(...kinds: ReadonlyArray<ChargeEntry['kind']>): ChargeEntry[] {
		return this.charges.filter(({ kind }) => kinds.includes(kind));
	}

	reset(): void {
		this.requests = [];
		this.charges = [];
		this.refunds = [];
		this.deductions = [];
		this.callbacks = [];
		this.downloads = [];
		this.uploads = [];
		this.leaks = [];
	}

	/** Everything as plain data, for the control server. */
	snapshot(): LedgerEntries {
		const { requests, charges, refunds, callbacks, downloads, uploads, leaks } = this;
		return { requests, charges, refunds, callbacks, downloads, uploads, leaks };
	}
}

/** Tells two keys apart without telling either: `Bearer api-key 1a2b3c4d`. */
export function describeAuthorization(header: string): string {
	const [scheme = '', ...rest] = header.split(' ');
	const token = rest.join(' ');
	const kind = token.split('.').length === 3 ? 'jwt' : 'api-key';
	const fingerprint = createHash('sha256').update(token).digest('hex').slice(0, 8);
	return `${scheme} ${kind} ${fingerprint}`;
}
