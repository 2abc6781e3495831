import { aceDataProvider } from './aceData/aceDataProvider';
import { officialProvider } from './legacy/official';
import { openaiHkProvider } from './legacy/openaiHk';
import { relayProvider } from './legacy/relay';
import type { Authentication } from '../core/services';
import type { Provider, Service } from './types';

/** What decides the dialect; all of it comes from the credential, none of it is secret. */
export interface Dialect {
	service: Service;
	/** Relays only. */
	prefix: string;
	authentication: Authentication;
}

/** The provider for a credential. */
export function providerFor({ service, prefix, authentication }: Dialect): Provider {
	switch (service) {
		case 'klingGlobal':
		case 'klingChina':
			return officialProvider(service, authentication);
		case 'aceData':
			return aceDataProvider();
		case 'openaiHk':
			return openaiHkProvider();
		case 'relay':
			return relayProvider(prefix);
	}
}

/** One provider per service, for what is said about services in general. */
export const ALL_PROVIDERS: readonly Provider[] = [
	officialProvider('klingGlobal', 'apiKey'),
	officialProvider('klingChina', 'apiKey'),
	aceDataProvider(),
	openaiHkProvider(),
	relayProvider('/kling'),
];

export type {
	CallName,
	Calls,
	Codec,
	Deleted,
	FileBody,
	HttpRequest,
	HttpResponse,
	PaidCall,
	Overview,
	LibraryPage,
	ProbeResult,
	Provider,
	ResourcePack,
	Service,
	Step,
	Uploaded,
} from './types';
