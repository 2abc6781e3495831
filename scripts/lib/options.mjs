import { Problem } from './problem.mjs';

export const USAGE = `npm start [-- options]

  Starts a local n8n with this package and a Kling simulator, and makes one video with it.

  --once       end after the video
  --port N     port of n8n (default: N8N_PORT, else 5678 or the next free one)
  --help

  A real service instead of the simulator (each video costs what it costs there):
    KLING_API_KEY, or KLING_ACCESS_KEY and KLING_SECRET_KEY
    KLING_PROVIDER   klingGlobal (default), klingChina, aceData, openaiHk or relay
    KLING_BASE_URL   another address for it; needed for relay

  KLING_LOCAL_FOLDER is where n8n keeps its data (default: .n8n-local)
`;

export const SERVICES = {
	klingGlobal: { title: 'Kling official (global)', field: 'klingGlobalBaseUrl', official: true },
	klingChina: { title: 'Kling official (China)', field: 'klingChinaBaseUrl', official: true },
	aceData: { title: 'Ace Data Cloud', field: 'aceDataBaseUrl', official: false },
	openaiHk: { title: 'OpenAI-HK', field: 'openaiHkBaseUrl', official: false },
	relay: { title: 'Kling-compatible relay', field: 'relayBaseUrl', official: false },
};

/**
 * @typedef {{ service: string, title: string, data: Record<string, string> }} RealService
 * @typedef {{ once: boolean, help: boolean, port?: number, real?: RealService }} Options
 */

/**
 * @param {string[]} words
 * @param {NodeJS.ProcessEnv} env
 * @returns {Options}
 */
export function readOptions(words, env) {
	const options = {
		once: false,
		help: false,
		port: env.N8N_PORT ? portIn('N8N_PORT', env.N8N_PORT) : undefined,
	};
	const rest = [...words];
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		const [name, value] = word.split('=');
		if (word === '--once') options.once = true;
		else if (word === '--help') options.help = true;
		else if (name === '--port') options.port = portIn('--port', value ?? rest.shift());
		else throw new Problem(`npm start does not know ${word}; try: npm start -- --help`);
	}
	return { ...options, real: realService(env) };
}

function portIn(name, text) {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 1 || port > 65535) {
		throw new Problem(`${name} needs a port from 1 to 65535, not ${text ?? 'nothing'}.`);
	}
	return port;
}

/** @returns {RealService | undefined} undefined: use the simulator */
function realService(env) {
	const { KLING_API_KEY: apiKey, KLING_ACCESS_KEY: accessKey, KLING_SECRET_KEY: secretKey } = env;
	const { KLING_PROVIDER: provider, KLING_BASE_URL: baseUrl } = env;
	if (!apiKey && !accessKey && !secretKey) {
		if (!provider && !baseUrl) return undefined;
		throw new Problem(
			`${provider ? 'KLING_PROVIDER' : 'KLING_BASE_URL'} is set, but no key: set KLING_API_KEY, or KLING_ACCESS_KEY and KLING_SECRET_KEY.`,
		);
	}
	const service = provider || 'klingGlobal';
	if (!Object.hasOwn(SERVICES, service)) {
		throw new Problem(
			`KLING_PROVIDER must be one of ${Object.keys(SERVICES).join(', ')}, not ${service}.`,
		);
	}
	const { title, field, official } = SERVICES[service];
	if (!apiKey && !(accessKey && secretKey)) {
		throw new Problem(
			`${accessKey ? 'KLING_SECRET_KEY' : 'KLING_ACCESS_KEY'} is missing: the two keys go together.`,
		);
	}
	if (!apiKey && !official) throw new Problem(`${title} takes an API key: set KLING_API_KEY.`);
	if (service === 'relay' && !baseUrl)
		throw new Problem('KLING_BASE_URL is missing: a relay has no default address.');
	const keys = apiKey ? { apiKey } : { accessKeyId: accessKey, secretKey };
	return {
		service,
		title,
		data: {
			service,
			...(baseUrl && { [field]: baseUrl }),
			...(official && { authentication: apiKey ? 'apiKey' : 'accessKey' }),
			...keys,
		},
	};
}
