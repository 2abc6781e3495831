import type { JsonObject } from './json';

/** What an account has, and what was taken from it. Times are ms since 1970. */

/** One thing that requests are paid from. */
export interface Balance {
	/** Units bought in advance, money, or what an application at a reseller has. */
	type: 'pack' | 'cash' | 'application';
	id?: string;
	name?: string;
	/** What is counted: `units`, `credits`, or a currency. */
	unit?: string;
	remaining?: number;
	total?: number;
	/** Up to when the service has counted: what it took later may be missing. */
	asOf?: number;
	/** A pack may wait for the end of another. */
	effectiveAt?: number;
	expiresAt?: number;
	/** The service's record, untouched. */
	raw: JsonObject;
}

/** What a service writes down deductions of: units of resource packs, and money. */
export type Ledger = 'packs' | 'cash';

/** Which deductions are wanted. A filter that is absent lets all through; the last three belong to packs. */
export interface DeductionQuery {
	ledger: Ledger;
	start: number;
	end: number;
	apiKeyNames?: string[];
	productTypes?: string[];
	packName?: string;
	packId?: string;
}

/** One line of a ledger. */
export interface Deduction {
	at?: number;
	taskId?: string;
	/** What was done, in the service's words. */
	product?: string;
	model?: string;
	resolution?: string;
	/** Seconds. */
	duration?: number;
	/** In the service's words: native, original or off. */
	sound?: string;
	hasVideoInput?: boolean;
	hasVoiceControl?: boolean;
	apiKeyName?: string;
	amount?: number;
	/** Of the amounts: `units` or a currency. */
	unit?: string;
	before?: number;
	after?: number;
	listPrice?: number;
	/** What kind of money it was. */
	cashType?: string;
	/** What kind of pack it was. */
	productType?: string;
	packId?: string;
	/** The service's record, untouched. */
	raw: JsonObject;
}

/** One page of a ledger. */
export interface DeductionPage {
	deductions: Deduction[];
	/** Absent on the last page. */
	next?: string;
}
