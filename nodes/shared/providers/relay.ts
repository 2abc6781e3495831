import { LEGACY_FIELDS, legacyProvider } from './legacyDialect';
import type { Provider } from './types';

/**
 * Relays that keep Kling's legacy paths and bodies under a prefix, usually `/kling`; new-api is one of them,
 * with answers of its own that the legacy reader understands. Lists and account calls are not passed on.
 */
export function relayProvider(prefix: string): Provider {
	return legacyProvider({
		service: 'relay',
		label: 'The relay',
		prefix,
		offers: LEGACY_FIELDS,
		defaultModels: { text2video: 'kling-v2-5-turbo' },
		callbackField: 'callback_url',
	});
}
