/**
 * The services that a credential can name, one row each. The credential's list and fields, what is read from it, and the
 * list of the form for bug reports follow from this table; a provider speaks the dialect of each.
 */

/** What proves who sends: one key, or a pair that signs every request anew. */
export const AUTHENTICATIONS = ['apiKey', 'accessKey'] as const;

export type Authentication = (typeof AUTHENTICATIONS)[number];

export interface ServiceRow {
	/** As the credential's list names it. */
	title: string;
	/** Tells people which of the services their key is from. */
	description: string;
	baseUrl: {
		/** The credential's field: each service has its own, prefilled with its address, which keeps what the user typed. */
		field: string;
		/** What the field is filled with at first; empty where only the user knows the address. */
		preset: string;
		description: string;
		placeholder?: string;
	};
	authentication: readonly Authentication[];
	/** Whether it signs its callbacks for those who make a secret for that in its console. */
	signsCallbacks: boolean;
	/** Whether it is one of many relays, which differ in what stands before the paths of the official API, and in how the key is sent. */
	isRelay: boolean;
	/** What all its paths begin with, so that no address needs to end with it. */
	ownPrefix?: string;
	/** Its second host, which has a token of its own. */
	platform?: {
		/** What the field of its address is filled with at first. */
		preset: string;
		/** What the token is for, and where it is made. */
		description: string;
	};
	/** Where its keys are made, in words and, where it is known, as a link. */
	keyPage: { text: string; url?: string };
}

const OFFICIAL_URL = 'Change it only if Kling tells you to, or to go through a proxy of your own';

const ROWS = {
	klingGlobal: {
		title: 'Kling Official – Global',
		description: 'Key from the console at kling.ai',
		baseUrl: {
			field: 'klingGlobalBaseUrl',
			preset: 'https://api-singapore.klingai.com',
			description: OFFICIAL_URL,
		},
		authentication: AUTHENTICATIONS,
		signsCallbacks: true,
		isRelay: false,
		keyPage: { text: 'the API console of Kling', url: 'https://kling.ai/dev/api-key' },
	},
	klingChina: {
		title: 'Kling Official – China',
		description: 'Key from the console at klingai.com (mainland China)',
		baseUrl: {
			field: 'klingChinaBaseUrl',
			preset: 'https://api-beijing.klingai.com',
			description: OFFICIAL_URL,
		},
		authentication: AUTHENTICATIONS,
		signsCallbacks: true,
		isRelay: false,
		keyPage: { text: 'the API console of Kling in China', url: 'https://klingai.com/dev' },
	},
	aceData: {
		title: 'Ace Data Cloud',
		description: 'Key from platform.acedata.cloud',
		baseUrl: {
			field: 'aceDataBaseUrl',
			preset: 'https://api.acedata.cloud',
			description: 'Change it only to go through a proxy of your own',
		},
		authentication: ['apiKey'],
		signsCallbacks: false,
		isRelay: false,
		ownPrefix: '/kling',
		platform: {
			preset: 'https://platform.acedata.cloud',
			description:
				'Not needed for web addresses. With it, files are uploaded to Ace Data Cloud before a task is made of them, and its remaining credits can be asked for. Made in its console under Platform Tokens; another one than the API Key.',
		},
		keyPage: { text: 'the platform of Ace Data Cloud', url: 'https://platform.acedata.cloud' },
	},
	openaiHk: {
		title: 'OpenAI-HK',
		description: 'Key that begins with hk-',
		baseUrl: {
			field: 'openaiHkBaseUrl',
			preset: 'https://api.openai-hk.com',
			description: 'Change it only if the service gave you another address',
		},
		authentication: ['apiKey'],
		signsCallbacks: false,
		isRelay: false,
		ownPrefix: '/kling',
		keyPage: { text: 'the console of OpenAI-HK', url: 'https://openai-hk.com' },
	},
	relay: {
		title: 'Other Kling-Compatible Relay',
		description: "Any relay that keeps Kling's own paths under a prefix, new-api included",
		baseUrl: {
			field: 'relayBaseUrl',
			preset: '',
			description: "The relay's address. The key is sent to this host and nowhere else",
			placeholder: 'e.g. https://api.my-relay.com',
		},
		authentication: ['apiKey'],
		signsCallbacks: false,
		isRelay: true,
		keyPage: { text: 'the console of the relay' },
	},
} as const satisfies Record<string, ServiceRow>;

/** The value by which a credential, and whatever is stored, names a service. */
export type Service = keyof typeof ROWS;

export const SERVICES: Readonly<Record<Service, ServiceRow>> = ROWS;

/** In the order of the table. */
export const ALL_SERVICES = Object.keys(ROWS) as [Service, ...Service[]];

/** Where nothing was chosen. */
export const DEFAULT_SERVICE: Service = 'klingGlobal';
