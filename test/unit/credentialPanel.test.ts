/** When the panel of the credential warns, by the same rule that n8n's editor uses. */
import { NodeHelpers } from 'n8n-workflow';

import { KlingApi } from '../../credentials/KlingApi.credentials';
import { ALL_SERVICES, SERVICES } from '../../nodes/shared/core/services';

const { properties } = new KlingApi();

/** The notices that are shown for a service at that address. */
function warnings(service: keyof typeof SERVICES, address: string): string[] {
	const filled = { service, [SERVICES[service].baseUrl.field]: address };
	return properties
		.filter(({ name }) => name.endsWith('PlainAddress'))
		.filter((property) => NodeHelpers.displayParameter(filled, property, null, null))
		.map(({ displayName }) => displayName);
}

describe.each(ALL_SERVICES)('%s', (service) => {
	it.each(['http://api.example.com', 'http://192.168.1.2:3000'])('warns at %s', (address) => {
		expect(warnings(service, address)).toEqual([expect.stringContaining('travels unencrypted')]);
	});

	it.each(['https://api.example.com', 'http://127.0.0.1:5678', 'http://localhost:3000', ''])(
		'does not at %j',
		(address) => {
			expect(warnings(service, address)).toEqual([]);
		},
	);
});
