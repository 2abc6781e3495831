import { KlingError } from '../core/errors';
import type { Call, CallName, Calls, Provider } from './types';

const NO_LIBRARY = {
	what: 'does not offer elements and voices',
	advice: 'Choose a credential for official Kling, Ace Data Cloud or another relay',
};

/** What to say of a service without a call: "<service> …", and what to do instead. */
const LACKING_CALL: Readonly<Record<CallName, { what: string; advice: string }>> = {
	resourcePacks: {
		what: 'does not report resource packs',
		advice: 'Only the official Kling API does; see the console of your service',
	},
	libraryPage: NO_LIBRARY,
	libraryEntry: NO_LIBRARY,
	libraryDelete: NO_LIBRARY,
};

/** A call of a service. Throws `notOffered` where the service does not have it. */
export function callOf<N extends CallName>(
	provider: Provider,
	name: N,
): Call<Calls[N]['input'], Calls[N]['output']> {
	const call = provider.calls[name];
	if (call) return call;
	const { what, advice } = LACKING_CALL[name];
	throw new KlingError('notOffered', `${provider.label} ${what}`, { advice });
}
