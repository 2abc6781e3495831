import { KlingError } from '../core/errors';
import type { Call, CallName, Calls, Provider } from './types';

/** What to say of a service without a call: "<service> …", and what to do instead. */
const LACKING_CALL: Readonly<Record<CallName, { what: string; advice: string }>> = {
	resourcePacks: {
		what: 'does not report resource packs',
		advice: 'Only the official Kling API does; see the console of your service',
	},
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
