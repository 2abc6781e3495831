/** All parts of the record by their keys, each made for itself. */
import { ACCOUNT_NAMES } from './accounts';
import type { Account } from './accounts';
import * as answers from './answers';
import * as callbacks from './callbacks';
import * as credential from './credential';
import * as editor from './editor';
import { OPERATION_NAMES, requestLines } from './requests';
import { waitLines } from './waiting';

/** Makes the lines of one part: all of them, or few that stand for all. */
export type Lines = (full: boolean) => Promise<string[]>;

const requests = ACCOUNT_NAMES.flatMap((account, place) =>
	OPERATION_NAMES.map((operation): [string, Lines] => [
		`requests/${account}/${operation}`,
		async (full) => await requestLines(account, place, operation, full),
	]),
);

/** One part for each way to a service. */
function perAccount(
	name: string,
	make: (account: Account, full: boolean) => Promise<string[]>,
): Array<[string, Lines]> {
	return ACCOUNT_NAMES.map((account) => [
		`${name}/${account}`,
		async (full) => await make(account, full),
	]);
}

/** Of these, `npm test` makes a part. */
const LARGE: ReadonlyArray<[string, Lines]> = [
	...requests,
	...perAccount('answers/get', answers.getLines),
	...perAccount('answers/end', answers.endLines),
	...perAccount('answers/list', answers.listLines),
	...perAccount('answers/packs', answers.packLines),
	...perAccount('answers/create', answers.createLines),
	...perAccount('callbacks/call', callbacks.callLines),
];

/** These are always made as a whole. */
const SMALL: ReadonlyArray<[string, Lines]> = [
	...perAccount('answers/extend', answers.extendLines),
	...perAccount('callbacks/again', callbacks.repeatedLines),
	...perAccount('callbacks/execution', callbacks.executionLines),
	...perAccount('waiting', waitLines),
	...perAccount('credential/test', credential.testLines),
	['credential/oddTest', credential.oddTestLines],
	['credential/signing', credential.signingLines],
	['editor/Kling', async () => editor.klingLines()],
	['editor/KlingTrigger', async () => editor.triggerLines()],
	['editor/KlingApi', async () => editor.credentialLines()],
	['editor/models', editor.modelLines],
];

/** What is made where all is wanted (`full`), or where a part of it is enough and the rest comes along. */
export function dataSets(full: boolean): ReadonlyMap<string, Lines> {
	return new Map(full ? LARGE : [...LARGE, ...SMALL]);
}
