import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Outside } from './outside';
import type { Tarball } from './packageTarball';
import { LIB, ROOT } from './paths';
import { N8N_NODE } from './underTest';

/** Not all of it: a person's own N8N_… and DB_… settings are meant for another n8n. */
export function fromOurEnvironment(closed: boolean): NodeJS.ProcessEnv {
	const wanted = /^(PATH|HOME|USER|SHELL|LANG|LC_.*|TZ|TMPDIR|SSL_CERT_.*|NODE_EXTRA_CA_CERTS)$/;
	const proxies = /^(https?|no|all)_proxy$/i;
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => wanted.test(name) || (!closed && proxies.test(name)),
		),
	);
}

/** Nothing that talks to n8n's servers, and short delays where n8n's own are long. */
export function quietSettings(): NodeJS.ProcessEnv {
	return {
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		// The list of verified packages would be fetched from n8n's server.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		// Served over http on 127.0.0.1, where some browsers refuse secure cookies.
		N8N_SECURE_COOKIE: 'false',
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		// A workflow that was being (un)published when n8n was killed stays locked for that long.
		N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '10',
		N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '2000',
		GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
	};
}

/** All requests but those to this machine go to the closed proxy. */
export function throughProxy({ proxyUrl }: Outside): NodeJS.ProcessEnv {
	const noProxy = '127.0.0.1,localhost';
	return {
		HTTP_PROXY: proxyUrl,
		HTTPS_PROXY: proxyUrl,
		NO_PROXY: noProxy,
		http_proxy: proxyUrl,
		https_proxy: proxyUrl,
		no_proxy: noProxy,
	};
}

/** n8n finds our stand-in first when it runs `npm`; see hostNpm.mjs. */
export function ownNpm(userFolder: string, tarball: Tarball): NodeJS.ProcessEnv {
	const bin = join(userFolder, 'bin');
	mkdirSync(bin, { recursive: true });
	const script = join(bin, 'npm');
	writeFileSync(script, `#!/bin/sh\nexec "$HOST_NPM_NODE" "$HOST_NPM_SCRIPT" "$@"\n`);
	chmodSync(script, 0o755);
	// npm is run by the Node that runs us, for which it came; n8n's task runners need the host's `node`.
	const path = process.env.PATH ?? '';
	return {
		PATH: [bin, dirname(N8N_NODE), path].join(delimiter),
		HOST_NPM_NODE: process.execPath,
		HOST_NPM_SCRIPT: join(LIB, 'hostNpm.mjs'),
		HOST_NPM_PACKAGE: `${tarball.name}@${tarball.version}`,
		HOST_NPM_TARBALL: tarball.file,
		HOST_NPM_PATH: [
			dirname(process.execPath),
			path.replaceAll(`${join(ROOT, 'node_modules', '.bin')}${delimiter}`, ''),
		].join(delimiter),
	};
}
