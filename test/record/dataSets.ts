/** All parts of the record by their keys, each made for itself. */
import { ACCOUNT_NAMES } from './accounts';
import { OPERATION_NAMES, requestLines } from './requests';

/** Makes the lines of one part: all of them, or few that stand for all. */
export type Lines = (full: boolean) => Promise<string[]>;

const requests = ACCOUNT_NAMES.flatMap((account, place) =>
	OPERATION_NAMES.map((operation): [string, Lines] => [
		`requests/${account}/${operation}`,
		async (full) => await requestLines(account, place, operation, full),
	]),
);

export const DATA_SETS: ReadonlyMap<string, Lines> = new Map([...requests]);
