import { legacyProvider } from './legacyProvider';
import { paidCalls } from './paidCalls';
import type { Provider } from '../types';

/**
 * Relays that keep Kling's legacy paths and bodies under a prefix, usually `/kling`; new-api is one of them,
 * with answers of its own that the legacy reader understands. Lists and account calls are not passed on.
 */
export function relayProvider(prefix: string): Provider {
	const label = 'The relay';
	return {
		...legacyProvider({
			service: 'relay',
			label,
			prefix,
			offers: 'relay',
			callbackField: 'callback_url',
		}),
		calls: paidCalls(label, prefix),
		// Those that pass the id on to Kling find by it; others leave it out without a word.
		externalIds: { unique: false },
	};
}
