import { legacyProvider } from './legacyProvider';
import type { Provider } from '../types';

/**
 * Relays that keep Kling's legacy paths and bodies under a prefix, usually `/kling`; new-api is one of them,
 * with answers of its own that the legacy reader understands. Lists and account calls are not passed on.
 */
export function relayProvider(prefix: string): Provider {
	return {
		...legacyProvider({
			service: 'relay',
			label: 'The relay',
			prefix,
			offers: 'relay',
			callbackField: 'callback_url',
		}),
		// Those that pass the id on to Kling find by it; others leave it out without a word.
		externalIds: { unique: false },
	};
}
