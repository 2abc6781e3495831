import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { clock } from '../nodes/shared/n8n/clock';
import { BASE_URLS, authorizationFor, checkHost } from '../nodes/shared/credential/connection';
import type { Service } from '../nodes/shared/providers';

/** One field per service, so that each is prefilled with its own address and keeps what the user typed. */
function baseUrl(service: Service, description: string, placeholder?: string): INodeProperties {
	const { field, preset } = BASE_URLS[service];
	return {
		displayName: 'Base URL',
		name: field,
		type: 'string',
		default: preset,
		description,
		...(placeholder ? { placeholder, required: true } : {}),
		displayOptions: { show: { service: [service] } },
	};
}

const OFFICIAL: Service[] = ['klingGlobal', 'klingChina'];

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
			default: 'klingGlobal',
			description: 'Where your key comes from. Each service has its own keys and its own dialect',
			options: [
				{
					name: 'Ace Data Cloud',
					value: 'aceData',
					description: 'Key from platform.acedata.cloud',
				},
				{
					name: 'Kling Official – China',
					value: 'klingChina',
					description: 'Key from the console at klingai.com (mainland China)',
				},
				{
					name: 'Kling Official – Global',
					value: 'klingGlobal',
					description: 'Key from the console at kling.ai',
				},
				{
					name: 'OpenAI-HK',
					value: 'openaiHk',
					description: 'Key that begins with hk-',
				},
				{
					name: 'Other Kling-Compatible Relay',
					value: 'relay',
					description: "Any relay that keeps Kling's own paths under a prefix, new-api included",
				},
			],
		},
		baseUrl(
			'klingGlobal',
			'Change it only if Kling tells you to, or to go through a proxy of your own',
		),
		baseUrl(
			'klingChina',
			'Change it only if Kling tells you to, or to go through a proxy of your own',
		),
		baseUrl('aceData', 'Change it only to go through a proxy of your own'),
		baseUrl('openaiHk', 'Change it only if the service gave you another address'),
		baseUrl(
			'relay',
			"The relay's address. The key is sent to this host and nowhere else",
			'e.g. https://api.my-relay.com',
		),
		{
			displayName: 'Path Prefix',
			name: 'pathPrefix',
			type: 'string',
			default: '/kling',
			placeholder: 'e.g. /kling',
			description:
				'What the relay puts before /v1/videos/text2video. Leave empty if it uses the official paths as they are',
			displayOptions: { show: { service: ['relay'] } },
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
			displayOptions: { show: { service: OFFICIAL } },
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Made in the API console. Credits and passwords of the Kling website do not work here',
			displayOptions: { show: { service: OFFICIAL, authentication: ['apiKey'] } },
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The key as the console of the service shows it, without "Bearer"',
			displayOptions: { show: { service: ['aceData', 'openaiHk', 'relay'] } },
		},
		{
			displayName: 'Access Key',
			name: 'accessKeyId',
			type: 'string',
			default: '',
			required: true,
			description: 'The shorter key of the pair, which names the account',
			displayOptions: { show: { service: OFFICIAL, authentication: ['accessKey'] } },
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The other key of the pair. It signs every request and is never sent',
			displayOptions: { show: { service: OFFICIAL, authentication: ['accessKey'] } },
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. whsec_…',
			description:
				'For the Kling Trigger: what you made in the console of Kling to have callbacks signed. Leave empty if you made none',
			displayOptions: { show: { service: OFFICIAL } },
		},
		{
			displayName: 'Callback Token',
			name: 'callbackToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the Kling Trigger: leave empty, then a token is made of the key. Enter 20 characters or more of your own (letters, digits, - _ . ~) to write addresses by hand (…?token=…), or to keep the token when the key changes',
		},
	];

	/** Adds the key to a request to the configured host, and to no other. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		checkHost(credentials, requestOptions.url);
		return {
			...requestOptions,
			headers: {
				...requestOptions.headers,
				Authorization: authorizationFor(credentials, clock.now()),
			},
		};
	};
}
