/** The table of services, and what has to agree with it but cannot be derived from it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ALL_SERVICES, SERVICES } from '../../nodes/shared/core/services';
import { ALL_PROVIDERS } from '../../nodes/shared/providers';

const titles = ALL_SERVICES.map((service) => SERVICES[service].title);

it('gives every service a field of its own for the address', () => {
	const fields = ALL_SERVICES.map((service) => SERVICES[service].baseUrl.field);
	expect(new Set(fields).size).toBe(fields.length);
});

it('has one row for each provider', () => {
	expect(ALL_PROVIDERS.map(({ service }) => service).sort()).toEqual([...ALL_SERVICES].sort());
});

it('is what the form for bug reports lists', () => {
	const form = readFileSync(join(__dirname, '../../.github/ISSUE_TEMPLATE/bug.yml'), 'utf8');
	const [, list = ''] =
		/label: Service in the credential\s+options:\n((?: +- .+\n)+)/.exec(form) ?? [];
	expect([...list.matchAll(/- (.+)/g)].map(([, title]) => title)).toEqual(titles);
});
