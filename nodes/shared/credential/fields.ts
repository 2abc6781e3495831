import { KlingError } from '../core/errors';

/** The decrypted data of a `klingApi` credential. */
export type CredentialData = Record<string, unknown>;

/** Characters without width, which come along with what is copied from a web page. */
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff]/g;

/** The text of a field, without blanks around it; empty where there is none. */
export function textOf(data: CredentialData, field: string): string {
	const value = data[field];
	return typeof value === 'string' ? value.replace(INVISIBLE, '').trim() : '';
}

/** Refuses a field of the credential by its display name. Throws `invalidInput`. */
export function refuseField(parameter: string, message: string): never {
	throw new KlingError('invalidInput', `${parameter} in the credential ${message}`, {
		parameter,
		advice: 'Open the credential and correct it',
	});
}
