import { KlingError } from '../core/errors';
import type { Call, CallName, Calls, Provider } from './types';

interface Words {
	/** What it is, as errors name it: "the speech". */
	what: string;
	/** What to say of a service without it: "<service> …", and what to do instead. */
	lacking: { what: string; advice: string };
}

const OTHER_SERVICE = 'Choose a credential for official Kling, or for a relay that passes it on';

const NO_LIBRARY = {
	what: 'does not offer elements and voices',
	advice: 'Choose a credential for official Kling, Ace Data Cloud or another relay',
};

const WORDS: Readonly<Record<CallName, Words>> = {
	resourcePacks: {
		what: 'the resource packs',
		lacking: {
			what: 'does not report resource packs',
			advice: 'Only the official Kling API does; see the console of your service',
		},
	},
	upload: {
		what: 'the upload',
		lacking: {
			what: 'takes no uploads',
			advice:
				'Images and sounds can be given to its operations as binary files or as base64. A video needs a web address: put it on a host of your own',
		},
	},
	balance: {
		what: 'the balance',
		lacking: { what: 'does not tell what is left', advice: 'See the console of your service' },
	},
	deductions: {
		what: 'the deductions',
		lacking: {
			what: 'does not show its billing ledgers with this credential',
			advice:
				'Only official Kling has them, and only for an API key: an access key with a secret key may not read them',
		},
	},
	speech: {
		what: 'the speech',
		lacking: { what: 'does not make speech from text', advice: OTHER_SERVICE },
	},
	faces: {
		what: 'the search for faces',
		lacking: { what: 'does not find the faces in a video', advice: OTHER_SERVICE },
	},
	parts: {
		what: 'the recognition of parts',
		lacking: { what: 'does not recognize the parts of an image', advice: OTHER_SERVICE },
	},
	libraryPage: { what: 'the list of elements or voices', lacking: NO_LIBRARY },
	libraryEntry: { what: 'the element or voice', lacking: NO_LIBRARY },
	libraryDelete: { what: 'the deletion', lacking: NO_LIBRARY },
};

/** What a call is, as errors name it. */
export function callTitle(name: CallName): string {
	return WORDS[name].what;
}

/** A call of a service. Throws `notOffered` where the service does not have it. */
export function callOf<N extends CallName>(
	provider: Provider,
	name: N,
): Call<Calls[N]['input'], Calls[N]['output']> {
	const call = provider.calls[name];
	if (call) return call;
	const { what, advice } = WORDS[name].lacking;
	throw new KlingError('notOffered', `${provider.label} ${what}`, { advice });
}
