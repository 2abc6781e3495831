import { DateTime } from 'luxon';

import { isMoment, refuseValue } from '../../shared/core/quote';
import { isBlank, single } from '../../shared/n8n/values';

/** Numbers of ms since 1970 are larger than this from March 1973 on, and numbers of seconds smaller for 3000 years. */
const LEAST_MS = 1e11;
const LEAST_SECONDS = LEAST_MS / 1000;

/** A number as ms since 1970, given in ms or in s; NaN for one so small that it is neither, as the days of a spreadsheet are. */
function fromNumber(given: number): number {
	const size = Math.abs(given);
	if (given === 0 || size >= LEAST_MS) return given;
	return size >= LEAST_SECONDS ? given * 1000 : NaN;
}

/** Text as ms since 1970, in the time zone `zone` unless it names one; NaN for what does not name day, month and year clearly. */
function fromText(text: string, zone: string): number {
	const options = { zone };
	const read = [
		...(/^\d{4}-/.test(text)
			? [DateTime.fromISO(text, options), DateTime.fromSQL(text, options)]
			: []),
		DateTime.fromRFC2822(text),
		DateTime.fromHTTP(text),
	].find(({ isValid }) => isValid);
	// What a Date gives as text: Fri Jan 02 2026 03:04:05 GMT+0000 (…)
	const ofDate = /^\w{3} \w{3} \d\d \d{4} .*GMT/.test(text) ? Date.parse(text) : NaN;
	return read?.toMillis() ?? ofDate;
}

/**
 * A date and time in ms since 1970, given as text, as a number of ms or of seconds, as a Date or as a luxon DateTime;
 * undefined where it is blank. `zone` is the time zone of texts that name none. Throws `invalidInput`.
 */
export function asTime(
	value: unknown,
	{ displayName, zone }: { displayName: string; zone: string },
): number | undefined {
	if (isBlank(value)) return undefined;
	const only = single(value);
	const given = typeof only === 'string' ? only.trim() : only;
	let time = NaN;
	if (isMoment(given)) time = given.valueOf() as unknown as number;
	else if (typeof given === 'number') time = fromNumber(given);
	else if (typeof given === 'string') {
		time = /^-?\d+$/.test(given) ? fromNumber(Number(given)) : fromText(given, zone);
	}
	if (Number.isFinite(time)) return time;
	return refuseValue(displayName, 'must be a date and time such as 2026-01-31T18:00:00', value);
}
