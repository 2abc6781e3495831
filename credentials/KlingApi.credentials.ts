import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { authorizationAt } from '../nodes/shared/credential/connection';
import { ALL_SERVICES, DEFAULT_SERVICE, SERVICES } from '../nodes/shared/core/services';
import type { Service, ServiceRow } from '../nodes/shared/core/services';
import { sortedBy } from '../nodes/shared/core/sort';
import { clock } from '../nodes/shared/n8n/clock';

function servicesThat(fits: (row: ServiceRow) => boolean): Service[] {
	return ALL_SERVICES.filter((service) => fits(SERVICES[service]));
}

const WITH_KEY_PAIR = servicesThat(({ authentication }) => authentication.includes('accessKey'));
const WITH_KEY_ONLY = servicesThat(({ authentication }) => !authentication.includes('accessKey'));

const RELAYS = servicesThat(({ isRelay }) => isRelay);

const serviceOptions: INodePropertyOptions[] = sortedBy(
	ALL_SERVICES.map((service) => {
		const { title, description } = SERVICES[service];
		return { name: title, value: service, description };
	}),
	({ name }) => name,
);

/** Where the key is made, above the fields that it goes into. */
const keyPages: INodeProperties[] = ALL_SERVICES.map((service) => {
	const { text, url } = SERVICES[service].keyPage;
	const page = url ? `<a href="${url}" target="_blank">${text}</a>` : text;
	return {
		displayName: `Keys for this service are made in ${page}`,
		name: `${service}KeyPage`,
		type: 'notice',
		default: '',
		displayOptions: { show: { service: [service] } },
	};
});

const baseUrls: INodeProperties[] = ALL_SERVICES.map((service) => {
	const { field, preset, description, placeholder } = SERVICES[service].baseUrl;
	return {
		displayName: 'Base URL',
		name: field,
		type: 'string',
		default: preset,
		description,
		...(placeholder ? { placeholder, required: true } : {}),
		displayOptions: { show: { service: [service] } },
	};
});

const startsWith = (text: string) => ({ _cnd: { startsWith: text } });

/** n8n shows no words beside a test that went well, so the panel warns before. */
function plainAddress(service: Service, field: string, name: string): INodeProperties {
	return {
		displayName:
			'This address begins with http://, so the key travels unencrypted. That is fine within a network of your own; on the internet use https://.',
		name,
		type: 'notice',
		default: '',
		displayOptions: {
			show: { service: [service], [field]: [startsWith('http://')] },
			hide: { [field]: ['http://localhost', 'http://127.0.0.1'].map(startsWith) },
		},
	};
}

const plainAddresses = ALL_SERVICES.map((service) =>
	plainAddress(service, SERVICES[service].baseUrl.field, `${service}PlainAddress`),
);

/** Of services with a second host, which has a token of its own. */
const platforms: INodeProperties[] = ALL_SERVICES.flatMap((service) => {
	const { platform } = SERVICES[service];
	if (!platform) return [];
	const { preset, description } = platform;
	const displayOptions = { show: { service: [service] } };
	return [
		{
			displayName: 'Platform Token',
			name: 'platformToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. platform-…',
			hint: 'Only for files and Get Balance',
			description,
			displayOptions,
		},
		{
			displayName: 'Platform URL',
			name: 'platformUrl',
			type: 'string',
			default: preset,
			description:
				'Where the Platform Token is sent, and nowhere else. Change it only to go through a proxy of your own.',
			displayOptions,
		},
		plainAddress(service, 'platformUrl', `${service}PlainPlatform`),
	];
});

const ONLY_FOR_TRIGGER = 'Only for the Kling Trigger';

/** Which service, where, and the key; adds the key to every request to it. */
export class KlingApi implements ICredentialType {
	name = 'klingApi';

	displayName = 'Kling API';

	icon: Icon = {
		light: 'file:../nodes/Kling/kling.svg',
		dark: 'file:../nodes/Kling/kling.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-kling/n8n-nodes-kling#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Service',
			name: 'service',
			type: 'options',
			default: DEFAULT_SERVICE,
			description: 'Where your key comes from. Each service has its own keys and its own dialect',
			options: serviceOptions,
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			default: 'apiKey',
			description: 'What the console of Kling gave you',
			options: [
				{
					name: 'API Key',
					value: 'apiKey',
					description:
						'One key. The newer way, which also lets the node ask for many tasks at once',
				},
				{
					name: 'Access Key and Secret Key',
					value: 'accessKey',
					description: 'A pair of keys, signed anew for every request',
				},
			],
			displayOptions: { show: { service: WITH_KEY_PAIR } },
		},
		...keyPages,
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Made in the API console. Credits and passwords of the Kling website do not work here',
			displayOptions: { show: { service: WITH_KEY_PAIR, authentication: ['apiKey'] } },
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The key as the console of the service shows it, without "Bearer"',
			displayOptions: { show: { service: WITH_KEY_ONLY } },
		},
		{
			displayName: 'Access Key',
			name: 'accessKeyId',
			type: 'string',
			default: '',
			required: true,
			description: 'The shorter key of the pair, which names the account',
			displayOptions: { show: { service: WITH_KEY_PAIR, authentication: ['accessKey'] } },
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The other key of the pair. It signs every request and is never sent',
			displayOptions: { show: { service: WITH_KEY_PAIR, authentication: ['accessKey'] } },
		},
		...baseUrls,
		...plainAddresses,
		...platforms,
		{
			displayName: 'Path Prefix',
			name: 'pathPrefix',
			type: 'string',
			default: '/kling',
			placeholder: 'e.g. /kling',
			description:
				'What the relay puts before /v1/videos/text2video. Leave empty if it uses the official paths as they are',
			displayOptions: { show: { service: RELAYS } },
		},
		{
			displayName: 'Key Header',
			name: 'keyHeader',
			type: 'options',
			default: 'bearer',
			description: 'How the relay wants the key. Almost all want it with "Bearer"',
			options: [
				{ name: 'Authorization: YOUR_KEY', value: 'plain' },
				{ name: 'Authorization: Bearer YOUR_KEY', value: 'bearer' },
			],
			displayOptions: { show: { service: RELAYS } },
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. whsec_…',
			hint: ONLY_FOR_TRIGGER,
			description:
				'What you made in the console of Kling to have callbacks signed. Leave empty if you made none',
			displayOptions: { show: { service: servicesThat(({ signsCallbacks }) => signsCallbacks) } },
		},
		{
			displayName: 'Callback Token',
			name: 'callbackToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: ONLY_FOR_TRIGGER,
			description:
				'Leave empty, then a token is made of the key. Enter 20 characters or more of your own (letters, digits, - _ . ~) to write addresses by hand (…?token=…), or to keep the token when the key changes',
		},
	];

	/** Adds the key to a request to the configured host, the token of the platform to one to that, and refuses all others. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const { url, headers } = requestOptions;
		const Authorization = authorizationAt(credentials, url, clock.now());
		return { ...requestOptions, headers: { ...headers, Authorization } };
	};
}
