import { legacyProvider } from './legacyProvider';
import { libraryCalls, LIBRARY_PAGE_SIZES } from './library';
import { paidCalls } from './paidCalls';
import type { Provider } from '../types';

const LABEL = 'The relay';

/**
 * Relays that keep Kling's legacy paths and bodies under a prefix, usually `/kling`; new-api is one of them,
 * with answers of its own that the legacy reader understands. Lists of tasks and account calls are not passed on; of elements and
 * voices, all calls are by those who have them.
 */
export function relayProvider(prefix: string): Provider {
	return {
		...legacyProvider({
			service: 'relay',
			label: LABEL,
			prefix,
			offers: 'relay',
			callbackField: 'callback_url',
		}),
		libraryPageSizes: LIBRARY_PAGE_SIZES,
		calls: { ...paidCalls(LABEL, prefix), ...libraryCalls(LABEL, prefix) },
		// Those that pass the id on to Kling find by it; others leave it out without a word.
		externalIds: { unique: false },
	};
}
