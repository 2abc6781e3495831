import { cut } from './cut';
import { KlingError } from './errors';

/** So much of a value is shown, in characters. */
const SHOWN = 60;

/** Stands where a secret was struck out. */
export const STRUCK = '*****';

/** Whether something was struck out of a text: an id like that cannot be asked for, and a link cannot be opened. */
export function wasStruck(text: string): boolean {
	return text.includes(STRUCK);
}

function shortened(text: string): string {
	return cut(text, SHOWN).replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}

/** A Date, a luxon DateTime and their like: objects that stand for a number. */
export function isMoment(value: unknown): value is object {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	return typeof value.valueOf === 'function' && typeof value.valueOf() === 'number';
}

function asJson(value: unknown): string {
	try {
		const json: unknown = JSON.stringify(value);
		return typeof json === 'string' ? json : 'nothing';
	} catch {
		return 'of a form that cannot be shown';
	}
}

function quoteObject(value: object | null): string {
	if (value === null) return 'nothing';
	const json = asJson(value);
	if (Array.isArray(value)) return `a list: ${shortened(json)}`;
	if (!isMoment(value)) return `an object: ${shortened(json)}`;
	return json === 'null' ? 'an invalid date' : `a date: ${json.replaceAll('"', '')}`;
}

/**
 * A value as an error shows it, in at most some 60 characters: a text in quotes, numbers and the like without, and what is
 * neither with its type. What is cut off ends in "…", before which `redact` strikes the beginning of a secret, too.
 */
export function quote(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return `"${shortened(value)}"`;
		case 'object':
			return quoteObject(value);
		case 'undefined':
			return 'nothing';
		case 'function':
			return 'a function';
		default:
			return shortened(String(value));
	}
}

/** Refuses what a parameter was given: "<display name> <what is allowed>, not <what came>". Throws `invalidInput`. */
export function refuseValue(
	parameter: string,
	allowed: string,
	value: unknown,
	advice?: string,
): never {
	throw new KlingError('invalidInput', `${parameter} ${allowed}, not ${quote(value)}`, {
		parameter,
		advice,
	});
}
